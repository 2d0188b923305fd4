import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import type { SubscriberName } from '@cloudnestle/topology/types';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalRun } from '../src/start.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

/**
 * For random sequences of duplicated, reordered and interleaved events for several orders of one user, the end state is
 * that of the clean sequence; every order causes at most one success mail; access never drops while a paid order stands.
 */
let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ retryScale: 0 });
  marketplace = createTestMarketplace(run);
  await Promise.all(Object.values(run.pollers).map((poller) => poller.pause()));
});
afterAll(async () => {
  marketplace.stop();
  await run.stop();
});

type Fact = 'initiated' | 'declined' | 'expired' | 'completed';
interface Situation {
  orders: { facts: Fact[]; completedMinute: number }[];
}
interface Delivery {
  subscriber: SubscriberName;
  order: number;
  fact: Fact;
}

const heardBy: Record<Fact, SubscriberName[]> = {
  initiated: ['notifications'],
  declined: ['notifications', 'reconciliation'],
  expired: ['notifications', 'reconciliation'],
  completed: ['tiers', 'entitlements', 'notifications', 'reconciliation'],
};

const anyStory = fc.record({
  orders: fc.array(
    fc.record({
      facts: fc.constantFrom<Fact[][]>(
        ['initiated', 'completed'],
        ['initiated', 'declined'],
        ['initiated', 'expired'],
        ['initiated', 'expired', 'declined'],
        ['initiated', 'expired', 'completed'],
        ['initiated', 'declined', 'completed'],
      ),
      completedMinute: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

function cleanSequence(story: Situation): Delivery[] {
  return story.orders.flatMap(({ facts }, order) =>
    facts.flatMap((fact) => heardBy[fact].map((subscriber) => ({ subscriber, order, fact }))),
  );
}

/** Every delivery at least once, some more often, in any order. */
const anyDisorder = anyStory.chain((story) => {
  const clean = cleanSequence(story);
  return redeliveriesOf(clean).map((deliveries) => ({ story, deliveries }));
});

// Recent, or the mails would be too old to send; one time for the whole file, so that both buyers of a case agree.
const startedAt = new Date(Date.now() - 10 * 60_000);

async function live(story: Situation, deliveries: readonly Delivery[]) {
  const buyer = await marketplace.addBuyer();
  const orders = await Promise.all(
    story.orders.map(async ({ completedMinute }, index) => {
      const createdAt = startedAt.toISOString();
      const row = sampleRow({
        userId: buyer.userId,
        userEmail: buyer.email,
        merchantOrderId: `MP-${buyer.userId}-1732356000-00000${index}`,
        phonepeOrderId: `OMO${index}`,
        redirectUrl: `https://pay.example/${index}`,
        createdAt,
      });
      await marketplace.put('transactions', row);
      const order = sampleOrder(row);
      const at = new Date(startedAt.getTime() + completedMinute * 60_000).toISOString();
      return {
        transactionId: row.transactionId,
        events: {
          initiated: sampleInitiated(order),
          declined: sampleFailed(order, 'DECLINED', createdAt),
          expired: sampleFailed(order, 'EXPIRED', createdAt),
          completed: sampleCompleted(order, at),
        },
      };
    }),
  );
  const granted = { tiers: false, entitlements: false };
  for (const { subscriber, order, fact } of deliveries) {
    const event = orders[order]?.events[fact];
    if (!event) throw new Error('no such order');
    const answer = await invokeQueue(run.handlers[subscriber], [buildRecord(event)]);
    expect(answer.batchItemFailures).toEqual([]);
    if (subscriber === 'tiers') granted.tiers = true;
    if (subscriber === 'entitlements') granted.entitlements = true;
    await expectAccess(buyer, granted);
  }
  return { buyer, ids: orders.map(({ transactionId }) => transactionId) };
}

async function expectAccess(buyer: Buyer, granted: { tiers: boolean; entitlements: boolean }) {
  const user = await marketplace.get('users', { userId: buyer.userId });
  expect(user?.subscriptionTier).toBe(granted.tiers ? 'pro' : 'registered');
  const record = await marketplace.get('entitlements', recordKey(buyer.userId));
  expect(record?.access_tier).toBe(granted.entitlements ? 'pro' : 'registered');
}

const recordKey = (owner: string) => ({
  pk: `user#${owner}`,
  sk: `solution#${DEFAULT_SOLUTION_ID}`,
});

/** All that lasts, in words that two buyers share. */
async function endState({ buyer, ids }: { buyer: Buyer; ids: string[] }) {
  const [user, byId, byEmail, slot, ...rows] = await Promise.all([
    marketplace.get('users', { userId: buyer.userId }),
    marketplace.get('entitlements', recordKey(buyer.userId)),
    marketplace.get('entitlements', recordKey(buyer.email)),
    marketplace.get('checkouts', { checkoutKey: `${buyer.userId}#pro` }),
    ...ids.map((transactionId) => marketplace.get('transactions', { transactionId })),
  ]);
  const state = {
    user,
    byId,
    byEmail,
    paid: slot?.paid,
    rows: rows.map((row) => ({
      ...row,
      history: Object.values(row?.history ?? {})
        .map((entry) => JSON.stringify(entry))
        .sort(),
    })),
  };
  // Times and number of writes, and who told something first.
  const passing = new Set([
    'updatedAt',
    'updated_at',
    'last_sync',
    'recordedAt',
    'token',
    'attentionVersion',
    'toldBy',
  ]);
  const text = JSON.stringify(state, (key, value: unknown) =>
    passing.has(key) ? undefined : value,
  );
  return JSON.parse(text.replaceAll(buyer.userId, 'BUYER')) as unknown;
}

it('ends where the clean sequence ends, with one welcome mail at most, and access never drops', async () => {
  await fc.assert(
    fc.asyncProperty(anyDisorder, async ({ story, deliveries }) => {
      const messy = await live(story, deliveries);
      const clean = await live(story, cleanSequence(story));
      expect(await endState(messy)).toEqual(await endState(clean));
      const paid = story.orders.filter(({ facts }) => facts.includes('completed')).length;
      expect(await marketplace.welcomeMails(messy.buyer)).toBe(paid > 0 ? 1 : 0);
      expect(await marketplace.welcomeMails(clean.buyer)).toBe(paid > 0 ? 1 : 0);
    }),
    { numRuns: 12 },
  );
});
