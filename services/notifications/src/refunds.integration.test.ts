import { sampleRefunded } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

test('each refund of an order is told once, however often its event is delivered, also after access ended', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  const refundedAt = '2025-11-23T09:04:00.000Z';
  const part = sampleRefunded(order, {
    refundId: 'MR-part',
    amountInPaisa: 10_000,
    isFull: false,
    refundedAt,
  });
  const rest = sampleRefunded(order, { refundId: 'MR-rest', amountInPaisa: 19_900, refundedAt });
  for (let delivery = 1; delivery <= 3; delivery += 1) {
    expect(await scene.deliver(part, rest)).toBe(0);
  }
  const subjects = await scene.subjects(order);
  expect(subjects.toSorted()).toEqual([
    '₹100 refunded - AWS Solution Finder Pro',
    '₹199 refunded - AWS Solution Finder Pro',
  ]);
});
