import { once } from 'node:events';
import { createServer } from 'node:net';
import { upgrade } from '@cloudnestle/dev/testing/buyer';
import { createTestMarketplace } from '@cloudnestle/dev/testing/test-marketplace';
import { environmentSecret, secrets } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Subject, startSubject } from './testing/subject.ts';

let subject: Subject;

beforeAll(async () => {
  subject = await startSubject();
});
beforeEach(() => {
  subject.run.sandbox.faults.clear();
});
afterAll(() => subject?.stop());

const anything = z.looseObject({});

// First: the running function keeps what it has read of the secret.
it('says in two places that webhooks are off where no credentials for them are left', async () => {
  await subject.keep(secrets.gatewayCredentials, (value) => ({
    ...anything.parse(value),
    webhookCredentials: [],
    webhookHmacKeys: [],
  }));
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toEqual([
    expect.stringMatching(/^secrets .*webhookCredentials and webhookHmacKeys are empty/),
    expect.stringMatching(/^webhook \| \/payments\/phonepe-webhook \| is off \(503\)/),
  ]);
});

it('says that the gateway refuses our credentials', async () => {
  subject.run.sandbox.rotate({ clientSecret: 'another-one' });
  onTestFinished(() => subject.run.sandbox.rotate({ clientSecret: 'local-client-secret' }));
  expect(await gatewayOf()).toMatch(/cannot be asked: no token: 401/);
});

it('names a merchant id that the answers about the newest orders contradict', async () => {
  const marketplace = createTestMarketplace(subject.run);
  const order = await upgrade(subject.run, await marketplace.addBuyer());
  await subject.run.idle();
  marketplace.stop();
  const merchant = 'merchant | merchantId of the secret | ';
  expect((await subject.examine()).ok).toContain(
    `${merchant}is the one that the gateway names for our newest orders`,
  );
  await subject.keep(secrets.gatewayCredentials, (value) => ({
    ...anything.parse(value),
    merchantId: 'MISTYPED',
  }));
  const { exitCode, wrong, output } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong.find((each) => each.startsWith(merchant))).toMatch(
    /the gateway names another for our newest orders \(\w+\): put that into merchantId of the secret/,
  );
  expect(output).not.toContain('MISTYPED');
  expect(output).not.toContain(order.transactionId);
});

it.each([
  [{ operation: 'status', kind: 'status', status: 503, count: null } as const, /503/],
  [{ operation: 'status', kind: 'status', status: 403, count: null } as const, /refuses.*\(403 /],
  [{ operation: 'status', kind: 'reset', count: null } as const, /cannot be asked/],
])('says why the gateway cannot be asked: %o', async (fault, words) => {
  subject.run.sandbox.faults.set([fault]);
  expect(await gatewayOf()).toMatch(words);
});

it('says that nothing answers at the API’s address', async () => {
  const apiUrl = await closedAddress();
  await subject.keep(environmentSecret, (value) => ({ ...anything.parse(value), apiUrl }));
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toEqual([
    expect.stringContaining(
      `${apiUrl}payments/phonepe-webhook does not answer (Error: connect ECONN`,
    ),
  ]);
});

/** Where no server listens any more. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

/** What is wrong with the gateway, in words. The webhook has its own state here. */
async function gatewayOf(): Promise<string> {
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  return wrong.find((each) => each.startsWith('gateway ')) ?? '';
}
