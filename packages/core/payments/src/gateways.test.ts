import { describe, expect, it } from 'vitest';
import { changeGateways, createGateways } from './gateways.ts';
import { oneGateway } from './testing/one-gateway.ts';

const register = (name: string) => ({
  gateway: oneGateway({ name }).standard,
  webhookPath: `/payments/${name}-webhook`,
});
const registered = [register('first'), register('second')];
const gateways = createGateways(registered, { standard: 'second', unnamed: 'first' });
const options = { timeoutMs: 100 };

it('asks about an order where its row says it was opened, whatever opens new ones', () => {
  expect(gateways.standard.name).toBe('second');
  expect(gateways.of({ paymentMethod: 'first' }).name).toBe('first');
  expect(gateways.of({ paymentMethod: 'second' }).name).toBe('second');
  expect(gateways.all.map(({ name }) => name)).toEqual(['first', 'second']);
});

it('asks about an order whose row names no gateway where all orders were, before there were several', () => {
  expect(gateways.of({}).name).toBe('first');
});

it('finds whose webhooks come by a route, and none by another', () => {
  expect(gateways.atRoute('/payments/second-webhook')?.name).toBe('second');
  expect(gateways.atRoute('/payments/third-webhook')).toBeUndefined();
});

describe('a gateway that a row names and that is not registered', () => {
  const missing = gateways.of({ paymentMethod: 'closed\n<b>' });

  it('gives no outcome to any question, and says why in words for an operator', async () => {
    const reason = 'no payment gateway is registered as "closed??b?"';
    const answers = [
      await missing.orderStatus('MP-1', options),
      await missing.refundStatus('R-1', options),
      await missing.refund(
        { merchantRefundId: 'R-1', merchantOrderId: 'MP-1', amountInPaisa: 100 },
        options,
      ),
      await missing.createOrder(
        { merchantOrderId: 'MP-1', amountInPaisa: 1, expiresInSeconds: 1, returnUrl: 'https://x' },
        options,
      ),
    ];
    expect(answers).toEqual(answers.map(() => ({ kind: 'unreachable', reason })));
    const webhook = { headers: {}, body: new Uint8Array() };
    expect(await missing.readWebhook(webhook)).toEqual({ kind: 'unavailable', reason });
  });

  it('is not changed with the others, so that it counts among none of them', () => {
    const changed = changeGateways(gateways, (each) => ({ ...each, name: `paced ${each.name}` }));
    expect(changed.of({ paymentMethod: 'closed' }).name).toBe('closed');
    expect(changed.standard.name).toBe('paced second');
    expect(changed.of({}).name).toBe('paced first');
    expect(changed.of({})).toBe(changed.atRoute('/payments/first-webhook'));
    expect(changed.all.map(({ name }) => name)).toEqual(['paced first', 'paced second']);
  });
});

it.each([
  { standard: 'closed', unnamed: 'first' },
  { standard: 'first', unnamed: 'closed' },
])('does not start where %o is not registered', (wanted) => {
  expect(() => createGateways(registered, wanted)).toThrow('registered as "closed"');
});
