import type { Fault } from '@cloudnestle/local-cloud/start';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalRun, startLocalRun } from '../src/start.ts';
import { finish, type Order, postJson, upgrade } from './support/buyer.ts';
import { nameOf } from './support/cloud-calls.ts';
import {
  type Buyer,
  createShopFloor,
  everythingDone,
  type ShopFloor,
} from './support/shop-floor.ts';

/**
 * Walks the whole path from the click to Pro with each single AWS and PhonePe call failing once, and with each call of a
 * subscriber failing until its dead-letter queue.
 */
let run: LocalRun;
let floor: ShopFloor;

beforeAll(async () => {
  run = await startLocalRun({
    log: () => undefined,
    retryScale: 0,
    webhookRetryDelaysMs: Array.from({ length: 40 }, () => 50),
  });
  floor = createShopFloor(run);
});
beforeEach(() => {
  run.cloud?.intercept(undefined);
  run.sandbox.faults.clear();
});
afterAll(async () => {
  floor.stop();
  await run.stop();
});

/** Clicks as a patient person does: again after a 503. */
async function clickPatiently(buyer: Buyer): Promise<Order> {
  return waitFor(
    `a payment page for ${buyer.userId}`,
    async () => {
      const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
        userId: buyer.userId,
        userEmail: buyer.email,
        tier: 'pro',
      });
      const body = (await answer.json()) as Order;
      if (answer.status === 200) return body;
      expect(answer.status).toBe(503);
      return undefined;
    },
    { timeoutMs: 18_000 },
  );
}

async function payFor(buyer: Buyer): Promise<Order> {
  const order = await clickPatiently(buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'send' });
  return order;
}

async function expectDone(buyer: Buyer, order: Order, welcomes: number[] = [1]) {
  await waitFor(
    'everything done',
    async () => {
      await run.idle();
      const effects = await floor.effectsOn(buyer, order.transactionId);
      return JSON.stringify(effects) === JSON.stringify(everythingDone);
    },
    { timeoutMs: 15_000 },
  ).catch(async () => {
    expect(await floor.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  });
  expect(welcomes).toContain(await floor.welcomeMails(buyer));
}

/** What Lambda's event source mapping calls, not we: a lost receive comes back after the visibility timeout. */
const pollerOperations = /^sqs (ReceiveMessage|DeleteMessageBatch|GetQueueAttributes)/;

/** Every kind of call that the functions make for one clean payment. */
async function listCalls(): Promise<string[]> {
  const seen = new Set<string>();
  run.cloud?.intercept((call) => {
    if (!pollerOperations.test(nameOf(call))) seen.add(nameOf(call));
    return undefined;
  });
  const buyer = await floor.addBuyer();
  await expectDone(buyer, await payFor(buyer));
  run.cloud?.intercept(undefined);
  return [...seen].sort();
}

const faults: [string, Fault][] = [
  ['fails once', { when: 'before', status: 500, errorType: 'InternalServerError' }],
  ['loses its connection once', { when: 'before', reset: true }],
  ['is done and its answer lost once', { when: 'after', reset: true }],
];

describe('with every single AWS call in turn', () => {
  it.each(faults)(
    '%s, the buyer is Pro and has at most one welcome mail',
    { timeout: 120_000 },
    async (_how, fault) => {
      const calls = await listCalls();
      expect(calls.length).toBeGreaterThan(12);
      for (const name of calls) {
        const buyer = await floor.addBuyer();
        let met = false;
        run.cloud?.intercept((call) => {
          if (met || nameOf(call) !== name) return undefined;
          met = true;
          return fault;
        });
        const order = await payFor(buyer);
        // A mail whose sending is unknown is never sent again by a machine: an operator decides.
        const mayBeUnknown = name.startsWith('ses ');
        await expectDone(buyer, order, mayBeUnknown ? [0, 1] : [1]).catch((error: unknown) => {
          throw new Error(`with "${name}"`, { cause: error });
        });
        run.cloud?.intercept(undefined);
      }
    },
  );
});

describe('with a call of PhonePe', () => {
  it.each([
    ['token', 'status'],
    ['token', 'reset'],
    ['token', 'malformed'],
    ['pay', 'status'],
    ['pay', 'reset'],
    ['pay', 'malformed'],
    ['status', 'status'],
    ['status', 'reset'],
    ['status', 'malformed'],
    ['status', 'hang'],
  ] as const)('%s ending in %s once, the buyer is Pro', async (operation, kind) => {
    for (const afterEffect of [false, true]) {
      const buyer = await floor.addBuyer();
      run.sandbox.rotate({});
      run.sandbox.faults.set([{ operation, kind, afterEffect }]);
      await expectDone(buyer, await payFor(buyer));
    }
  });

  it('status out of order for a while: nothing is believed, and the repeated webhook settles it', async () => {
    const buyer = await floor.addBuyer();
    const order = await upgrade(run, buyer);
    run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    await finish(run, order, { outcome: 'COMPLETED', webhook: 'send' });
    await waitFor('a refused delivery', () =>
      run.sandbox.deliveries.list().some((each) => {
        return each.about === order.merchantOrderId && each.status === 503;
      }),
    );
    expect((await floor.effectsOn(buyer, order.transactionId)).tier).toBe('registered');
    run.sandbox.faults.clear();
    await expectDone(buyer, order);
  });
});

/** Which call, failing for good, stops which subscriber. */
const lasting: [SubscriberName, string][] = [
  ['tiers', 'dynamodb GetItem marketplace-payment-transactions'],
  ['tiers', 'dynamodb GetItem marketplace-users'],
  ['tiers', 'dynamodb UpdateItem marketplace-users'],
  ['entitlements', 'dynamodb GetItem marketplace-payment-transactions'],
  ['entitlements', 'dynamodb GetItem marketplace-users'],
  ['entitlements', 'dynamodb GetItem marketplace-user-solution-entitlements'],
  ['entitlements', 'dynamodb UpdateItem marketplace-user-solution-entitlements'],
  ['notifications', 'dynamodb GetItem marketplace-payment-transactions'],
  ['notifications', 'dynamodb GetItem marketplace-payment-notifications'],
  ['notifications', 'dynamodb PutItem marketplace-payment-notifications'],
  ['notifications', 'dynamodb UpdateItem marketplace-payment-notifications'],
  ['notifications', 'ses SendEmail'],
  ['reconciliation', 'dynamodb GetItem marketplace-payment-transactions'],
  ['reconciliation', 'dynamodb UpdateItem marketplace-payment-transactions'],
  ['reconciliation', 'dynamodb UpdateItem marketplace-payment-checkouts'],
];

describe('with a call that goes on failing', () => {
  it.each(lasting)(
    '%s: "%s" ends in its dead-letter queue with the reason, and a redrive repairs it',
    async (subscriber, name) => {
      const buyer = await floor.addBuyer();
      const others = run.topology.subscriptions
        .map((each) => each.subscriber)
        .filter((each) => each !== subscriber);
      await run.pollers[subscriber].pause();
      const order = await payFor(buyer);
      await run.idle();
      let met = 0;
      run.cloud?.intercept((call) => {
        if (nameOf(call) !== name) return undefined;
        met += 1;
        return { when: 'before', status: 503, errorType: 'ServiceUnavailable', message: 'down' };
      });
      run.pollers[subscriber].resume();
      await run.idle();
      run.cloud?.intercept(undefined);
      for (const other of others) expect(await floor.deadLetters(other, 'discard')).toEqual([]);
      if (met === 0) {
        // This payment did not need the call: nothing may have been dead-lettered either.
        expect(await floor.deadLetters(subscriber, 'discard')).toEqual([]);
      } else {
        const reasons = await floor.deadLetters(subscriber, 'redrive');
        expect(reasons.length).toBeGreaterThan(0);
        for (const reason of reasons) expect(reason).toContain('down');
      }
      await expectDone(buyer, order);
    },
  );
});
