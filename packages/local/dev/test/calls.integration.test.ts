import { emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import type { Order } from '@cloudnestle/payments/order';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectMetrics, createWorld, type World } from './testing/metrics-world.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let world: World;
let quiet: { stop(): void };

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
  world = createWorld(cloud, gateway);
  quiet = collectMetrics();
});
afterAll(async () => {
  quiet.stop();
  await gateway.close();
  await cloud.stop();
});

const subscribers = ['tiers', 'entitlements', 'notifications', 'reconciliation'] as const;

/** The AWS calls of each subscriber for so many first payments, delivered together. */
const wanted = {
  tiers: {
    1: { 'dynamodb:BatchGetItem': 1, 'dynamodb:UpdateItem': 1 },
    10: { 'dynamodb:BatchGetItem': 1, 'dynamodb:UpdateItem': 10 },
  },
  entitlements: {
    1: { 'dynamodb:BatchGetItem': 1, 'dynamodb:UpdateItem': 2 },
    10: { 'dynamodb:BatchGetItem': 1, 'dynamodb:UpdateItem': 20 },
  },
  notifications: {
    1: {
      'dynamodb:GetItem': 1,
      'dynamodb:PutItem': 1,
      'dynamodb:UpdateItem': 2,
      'ses:SendEmail': 1,
    },
    10: {
      'dynamodb:BatchGetItem': 1,
      'dynamodb:PutItem': 10,
      'dynamodb:UpdateItem': 20,
      'ses:SendEmail': 10,
    },
  },
  // The order's row is read once more after it was noted as paid: a refund may have been faster.
  reconciliation: {
    1: { 'dynamodb:GetItem': 2, 'dynamodb:UpdateItem': 2 },
    10: { 'dynamodb:BatchGetItem': 1, 'dynamodb:GetItem': 10, 'dynamodb:UpdateItem': 20 },
  },
} as const;

describe.each(subscribers)('%s', (subscriber) => {
  it.each([1, 10] as const)(
    'settles %i payments of one batch with no call too many',
    async (count) => {
      const orders = await Promise.all(Array.from({ length: count }, addBuyersOrder));
      const events = orders.map((order) => sampleCompleted(order, new Date().toISOString()));
      cloud.cloud.calls.reset();
      expect(await world.deliver(subscriber, ...events)).toEqual({ batchItemFailures: [] });
      expect(cloud.cloud.calls.snapshot()).toEqual(wanted[subscriber][count]);
    },
  );
});

/** The receive and the delete of a batch are the event source's. */
const CALLS_OF_A_BATCH = 2;
/** The webhook's read of the row and its event. */
const CALLS_OF_A_WEBHOOK = 2;

it('a settled payment costs 13.2 calls in full batches, and 16 with 8 for its messages where it comes alone', () => {
  const sum = (count: 1 | 10) =>
    subscribers
      .flatMap((subscriber) => Object.values(wanted[subscriber][count]))
      .reduce((total, calls) => total + calls, 0);
  const messages = (subscribers.length * CALLS_OF_A_BATCH) / 10;
  expect(CALLS_OF_A_WEBHOOK + sum(10) / 10 + messages).toBeCloseTo(13.2);
  expect(CALLS_OF_A_WEBHOOK + sum(1)).toBe(16);
});

/** A buyer with both records, and an order that was just paid. */
async function addBuyersOrder(): Promise<Order> {
  const order = await world.addOrder();
  const { userId, userEmail } = order.row;
  for (const solutionId of order.plan.solutionIds) {
    for (const key of [
      userRecordKey(userId, solutionId),
      ...emailRecordKeys([userEmail], solutionId),
    ]) {
      await cloud.put('entitlements', { ...key, tier: 'registered', status: 'active' });
    }
  }
  return order;
}
