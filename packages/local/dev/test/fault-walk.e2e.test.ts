import type { Fault } from '@cloudnestle/local-aws/start';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalRun } from '../src/start.ts';
import { finish, type Order, postJson, upgrade } from '../src/testing/buyer.ts';
import { nameOf } from '../src/testing/cloud-calls.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

/**
 * Walks the whole path from the click to Pro with each single AWS and PhonePe call failing once, and with each call of a
 * subscriber failing until its dead-letter queue.
 */
let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({
    retryScale: 0,
    webhookRetryDelaysMs: Array.from({ length: 40 }, () => 50),
  });
  marketplace = createTestMarketplace(run);
});
beforeEach(() => {
  run.cloud?.intercept(undefined);
  run.sandbox.faults.clear();
});
afterAll(async () => {
  marketplace.stop();
  await run.stop();
});

/** Clicks as a patient person does: again when a 503 says so. */
async function clickPatiently(buyer: Buyer): Promise<Order> {
  return waitFor(`a payment page for ${buyer.userId}`, async () => {
    const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
      userId: buyer.userId,
      userEmail: buyer.email,
      tier: 'pro',
    });
    const body = (await answer.json()) as Order;
    if (answer.status === 200) return body;
    expect(answer.status).toBe(503);
    advanceClock(Number(answer.headers.get('retry-after')) * 1000);
    return undefined;
  });
}

async function payFor(buyer: Buyer): Promise<Order> {
  const order = await clickPatiently(buyer);
  // The first mail is out before the buyer pays, so that every payment makes the same calls.
  await run.idle();
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'send' });
  return order;
}

async function expectDone(buyer: Buyer, order: Order, welcomes: number[] = [1]) {
  await waitFor('everything done', async () => {
    await run.idle();
    const effects = await marketplace.effectsOn(buyer, order.transactionId);
    return JSON.stringify(effects) === JSON.stringify(everythingDone);
  }).catch(async () => {
    expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  });
  expect(welcomes).toContain(await marketplace.welcomeMails(buyer));
}

/** What Lambda's event source mapping calls, not a function: a lost receive comes back after the visibility timeout. */
const pollerOperations = /^sqs (ReceiveMessage|DeleteMessageBatch|GetQueueAttributes)/;

/** How often the functions make each kind of call for one clean payment. */
async function countCalls(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const buyer = await marketplace.addBuyer();
  run.cloud?.intercept((call) => {
    const name = nameOf(call);
    if (!pollerOperations.test(name)) counts[name] = (counts[name] ?? 0) + 1;
    return undefined;
  });
  // It would come again, and call again, while it waits for reconciliation.
  await run.pollers.invoices.pause();
  const order = await payFor(buyer);
  await run.idle();
  run.pollers.invoices.resume();
  await run.idle();
  // Before this test's own reads, which would be taken for the functions'.
  run.cloud?.intercept(undefined);
  await expectDone(buyer, order);
  return counts;
}

/** These reach our code; each call meets them alone. */
const reachingUs: [string, Fault][] = [
  ['is refused once', { when: 'before', status: 400, errorType: 'AccessDeniedException' }],
  ['is done and its answer lost once', { when: 'after', reset: true }],
];
/** The SDK repeats these by itself, so that one payment can meet them at all of its calls. */
const repeatedBySdk: [string, Fault][] = [
  ['fails once', { when: 'before', status: 500, errorType: 'InternalServerError' }],
  ['loses its connection once', { when: 'before', reset: true }],
];

it('knows every call that one payment makes', async () => {
  const warmUp = await marketplace.addBuyer();
  await expectDone(warmUp, await payFor(warmUp));
  expect(await countCalls()).toEqual(callsOfOnePayment);
});

describe('with every single AWS call in turn', () => {
  it.each(reachingUs)(
    '%s, the buyer is Pro and has one welcome mail at most',
    async (_how, fault) => {
      await walk(fault);
    },
  );
});

it.each(repeatedBySdk)(
  'where every AWS call %s, the buyer is Pro and has one welcome mail at most',
  async (_how, fault) => {
    const buyer = await marketplace.addBuyer();
    const met: Record<string, number> = {};
    const failed = new Set<string>();
    run.cloud?.intercept((call) => {
      const name = nameOf(call);
      if (pollerOperations.test(name)) return undefined;
      // A repeat says the same as the call that failed.
      const repeat = `${name} ${JSON.stringify(call.body)}`;
      if (failed.delete(repeat)) return undefined;
      failed.add(repeat);
      met[name] = (met[name] ?? 0) + 1;
      return fault;
    });
    const order = await payFor(buyer);
    await run.idle();
    run.cloud?.intercept(undefined);
    for (const [name, count] of Object.entries(callsOfOnePayment)) {
      expect(met[name], name).toBeGreaterThanOrEqual(count);
    }
    await expectDone(buyer, order, [0, 1]);
  },
);

async function walk(fault: Fault): Promise<void> {
  for (const [name, count] of Object.entries(callsOfOnePayment)) {
    for (let nth = 1; nth <= count; nth += 1) {
      const buyer = await marketplace.addBuyer();
      let seen = 0;
      run.cloud?.intercept((call) => {
        if (nameOf(call) !== name) return undefined;
        seen += 1;
        return seen === nth ? fault : undefined;
      });
      const order = await payFor(buyer);
      await run.idle();
      run.cloud?.intercept(undefined);
      expect(seen, `${name}, call ${nth}`).toBeGreaterThanOrEqual(nth);
      // Around a send that broke off, a mail may be unknown: no machine sends it again, an operator decides.
      const mayBeUnknown = name === 'ses SendEmail' && !isRefusal(fault);
      await expectDone(buyer, order, mayBeUnknown ? [0, 1] : [1]).catch((error: unknown) => {
        throw new Error(`with "${name}", call ${nth}`, { cause: error });
      });
    }
  }
}

const isRefusal = (fault: Fault) => 'errorType' in fault && fault.status < 500;

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
    if (kind === 'hang') keepTimeLimits();
    for (const afterEffect of [false, true]) {
      const buyer = await marketplace.addBuyer();
      run.sandbox.rotate({});
      run.sandbox.faults.set([{ operation, kind, afterEffect }]);
      await expectDone(buyer, await payFor(buyer));
      // Used up: the fault was met, not merely planned.
      expect(run.sandbox.faults.list()).toEqual([]);
    }
  });

  it('status out of order for a while: nothing is believed, and the repeated webhook settles it', async () => {
    const buyer = await marketplace.addBuyer();
    const order = await upgrade(run, buyer);
    run.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    await finish(run, order, { outcome: 'COMPLETED', webhook: 'send' });
    await waitFor('a refused delivery', () =>
      run.sandbox.deliveries.list().some((each) => {
        return each.about === order.merchantOrderId && each.status === 503;
      }),
    );
    expect((await marketplace.effectsOn(buyer, order.transactionId)).tier).toBe('registered');
    run.sandbox.faults.clear();
    await expectDone(buyer, order);
  });
});

/**
 * The walk is worth what its list holds: a call that disappears from it, or a new one, must be noticed. Secrets are read
 * at a cold start only; checkout and webhook fail them in tests of their own.
 */
const callsOfOnePayment: Record<string, number> = {
  'dynamodb BatchGetItem marketplace-payment-checkouts marketplace-payment-invoices marketplace-payment-transactions': 1,
  'dynamodb BatchGetItem marketplace-payment-checkouts marketplace-payment-transactions': 1,
  'dynamodb BatchGetItem marketplace-payment-transactions marketplace-user-solution-entitlements': 1,
  'dynamodb BatchGetItem marketplace-payment-transactions marketplace-users': 1,
  'dynamodb GetItem marketplace-payment-checkouts': 1,
  'dynamodb GetItem marketplace-payment-invoices': 1,
  'dynamodb GetItem marketplace-payment-transactions': 4,
  'dynamodb GetItem marketplace-users': 1,
  'dynamodb PutItem marketplace-payment-invoices': 2,
  'dynamodb PutItem marketplace-payment-notifications': 1,
  'dynamodb PutItem marketplace-payment-transactions': 1,
  'dynamodb UpdateItem marketplace-payment-checkouts': 2,
  'dynamodb UpdateItem marketplace-payment-invoices': 1,
  'dynamodb UpdateItem marketplace-payment-notifications': 6,
  'dynamodb UpdateItem marketplace-payment-transactions': 2,
  'dynamodb UpdateItem marketplace-user-solution-entitlements': 2,
  'dynamodb UpdateItem marketplace-users': 1,
  'events PutEvents': 3,
  'ses SendEmail': 3,
};

/** Which call, failing for good, stops which subscriber; `*` stands for what else may be read in the same call. */
const lasting: [SubscriberName, string][] = [
  ['tiers', 'dynamodb BatchGetItem marketplace-payment-transactions marketplace-users'],
  ['tiers', 'dynamodb UpdateItem marketplace-users'],
  [
    'entitlements',
    'dynamodb BatchGetItem marketplace-payment-transactions marketplace-user-solution-entitlements',
  ],
  ['entitlements', 'dynamodb UpdateItem marketplace-user-solution-entitlements'],
  // The mail of the payment and that of its invoice may be of one batch.
  ['notifications', 'dynamodb *GetItem *marketplace-payment-transactions'],
  ['notifications', 'dynamodb PutItem marketplace-payment-notifications'],
  ['notifications', 'dynamodb UpdateItem marketplace-payment-notifications'],
  ['notifications', 'ses SendEmail'],
  ['reconciliation', 'dynamodb GetItem marketplace-payment-transactions'],
  ['reconciliation', 'dynamodb UpdateItem marketplace-payment-transactions'],
  ['reconciliation', 'dynamodb UpdateItem marketplace-payment-checkouts'],
  [
    'invoices',
    'dynamodb BatchGetItem marketplace-payment-checkouts marketplace-payment-invoices marketplace-payment-transactions',
  ],
  [
    'invoices',
    'dynamodb BatchGetItem marketplace-payment-checkouts marketplace-payment-transactions',
  ],
  ['invoices', 'dynamodb PutItem marketplace-payment-invoices'],
  ['invoices', 'dynamodb UpdateItem marketplace-payment-invoices'],
  ['invoices', 'events PutEvents'],
];

const outage = {
  when: 'before',
  status: 503,
  errorType: 'ServiceUnavailable',
  message: 'down',
} as const satisfies Fault;
/** What the SDK does not repeat, for its pauses would be most of the walk. A refused batch is read again one by one: see `outage`. */
const refusal = {
  when: 'before',
  status: 400,
  errorType: 'AccessDeniedException',
  message: 'down',
} as const satisfies Fault;

describe('with a call that goes on failing', () => {
  // Invoices of the cases before may have given up: they wait for reconciliation, and nothing lies between their attempts here.
  beforeAll(async () => {
    await run.idle();
    await marketplace.deadLetters('invoices', 'discard');
  });

  it.each(lasting)(
    '%s: "%s" ends in its dead-letter queue with the reason, and a redrive repairs it',
    async (subscriber, name) => {
      const buyer = await marketplace.addBuyer();
      const others = run.topology.subscriptions
        .map((each) => each.subscriber)
        .filter((each) => each !== subscriber);
      await run.pollers[subscriber].pause();
      // It waits for reconciliation: where no pause lies between its attempts, a slow one could outlast them all.
      await run.pollers.invoices.pause();
      const order = await payFor(buyer);
      await run.idle();
      if (subscriber !== 'reconciliation' && subscriber !== 'invoices') {
        run.pollers.invoices.resume();
        await run.idle();
      }
      let met = 0;
      const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
      run.cloud?.intercept((call) => {
        if (!pattern.test(nameOf(call))) return undefined;
        met += 1;
        return /BatchGetItem|SendEmail/.test(nameOf(call)) ? outage : refusal;
      });
      run.pollers[subscriber].resume();
      await run.idle();
      run.cloud?.intercept(undefined);
      for (const other of others)
        expect(await marketplace.deadLetters(other, 'discard')).toEqual([]);
      // A call that this payment never made would prove nothing.
      expect(met).toBeGreaterThan(0);
      const reasons = await marketplace.deadLetters(subscriber, 'redrive');
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(reason).toContain('down');
      await run.idle();
      run.pollers.invoices.resume();
      await expectDone(buyer, order);
    },
  );
});
