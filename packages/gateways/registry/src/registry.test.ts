import { gateways as facts } from '@cloudnestle/contracts/gateways';
import { userIdSchema } from '@cloudnestle/contracts/ids';
import type { GatewayTools } from '@cloudnestle/payments/gateway-tools';
import { ORDER_LIFETIME_SECONDS } from '@cloudnestle/payments/order';
import { createMerchantOrderId } from '@cloudnestle/payments/order-ids';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectGateways, gatewayEntries, gatewayEnvironmentShape } from './registry.ts';

const environment = {
  GATEWAY_SECRET_ID: 'some-stage/credentials',
  GATEWAY_AUTH_URL: 'https://gateway.example/token',
  GATEWAY_BASE_URL: 'https://gateway.example/pg',
};

/** Tools that note what they are asked for, and reach nothing. */
function start(changes: Record<string, string> = {}) {
  const asked: string[] = [];
  const tools: GatewayTools = {
    readSecret: (secretId) => async () => {
      asked.push(secretId);
      return { clientId: 'c', clientSecret: 's', merchantId: 'm' };
    },
    now: () => new Date(0),
    random: () => 0,
    send: async ({ url }) => {
      asked.push(url);
      return { kind: 'failed', mayHaveArrived: false, reason: 'ECONNREFUSED' };
    },
  };
  const config = z.object(gatewayEnvironmentShape).parse({ ...environment, ...changes });
  return { asked, gateways: connectGateways(config, tools) };
}

it('asks nothing of the platform before the first question, and then what the environment names', async () => {
  const { asked, gateways } = start();
  expect(asked).toEqual([]);
  const answer = await gateways.of({}).orderStatus('MP-1', { timeoutMs: 5000 });
  expect(answer.kind).toBe('unreachable');
  expect(asked.slice(0, 2)).toEqual(['some-stage/credentials', environment.GATEWAY_AUTH_URL]);
});

it('opens new orders at the gateway that the stage names, and names the variable where it is none of ours', () => {
  expect(start().gateways.standard.name).toBe('phonepe');
  expect(start({ STANDARD_GATEWAY: 'phonepe' }).gateways.standard.name).toBe('phonepe');
  expect(() => start({ STANDARD_GATEWAY: 'other' })).toThrow('STANDARD_GATEWAY');
});

describe.each(gatewayEntries)('$name', ({ name, limits }) => {
  it('answers under its own name and at its own webhook route', () => {
    const { gateways } = start();
    expect(gateways.of({ paymentMethod: name }).name).toBe(name);
    expect(gateways.atRoute(facts[name].webhookPath)?.name).toBe(name);
  });

  it('takes the pages that checkout opens, and the longest id that checkout makes', () => {
    expect(ORDER_LIFETIME_SECONDS).toBeGreaterThanOrEqual(limits.pageSeconds.least);
    expect(ORDER_LIFETIME_SECONDS).toBeLessThanOrEqual(limits.pageSeconds.most);
    const lengths = Array.from({ length: 100 }, (_, index) => 'u'.repeat(index));
    const userId = lengths.findLast((each) => userIdSchema.safeParse(each).success) ?? '';
    const longest = createMerchantOrderId(userId, new Date('2099-01-01'), () => 0);
    expect(longest.length).toBeLessThanOrEqual(limits.referenceLength);
  });
});
