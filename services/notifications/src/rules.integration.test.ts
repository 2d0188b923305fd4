import { sampleFailed, sampleOrder } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completed, failed, initiated, kinds, startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

const HOUR_MS = 3_600_000;

describe('the initiated mail is not sent', () => {
  test('after the order’s expiry', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    scene.platform.setNow(order.expiresAt);
    await scene.deliver(initiated(order));
    expect(scene.outcomes()).toEqual(['skipped: expired']);
    expect(await scene.notes(order)).toMatchObject({
      initiated: { state: 'skipped', why: 'expired', at: order.expiresAt.toISOString() },
    });
  });

  test('after an outcome in the books', async () => {
    const scene = world.newScene();
    const order = await scene.order({ status: 'FAILED' });
    await scene.deliver(initiated(order));
    expect(scene.outcomes()).toEqual(['skipped: outcome known']);
    expect(await scene.subjects(order)).toEqual([]);
  });

  test.each([
    ['welcome', completed],
    ['failed', failed],
  ])('after the %s mail, the books being late', async (_kind, build) => {
    const scene = world.newScene();
    const order = await scene.order();
    await scene.deliver(build(order));
    await scene.deliver(initiated(order));
    expect(scene.outcomes()).toEqual(['applied', 'skipped: outcome known']);
    expect(await scene.subjects(order)).toHaveLength(1);
    expect(await scene.notes(order)).toMatchObject({ initiated: { state: 'skipped' } });
  });
});

describe('the failed mail is not sent', () => {
  test('once the order is paid, as the books say', async () => {
    const scene = world.newScene();
    const order = await scene.order({ status: 'COMPLETED' });
    await scene.deliver(failed(order));
    expect(scene.outcomes()).toEqual(['skipped: already paid']);
    expect(await scene.subjects(order)).toEqual([]);
  });

  test('after the welcome mail, the books being late', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    await scene.deliver(completed(order));
    await scene.deliver(failed(order));
    expect(scene.outcomes()).toEqual(['applied', 'skipped: already paid']);
    expect(await scene.subjects(order)).toHaveLength(1);
  });

  test('when it is older than a day', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    scene.advance(24 * HOUR_MS);
    await scene.deliver(failed(order));
    expect(scene.outcomes()).toEqual(['skipped: too old']);
    expect(await scene.subjects(order)).toEqual([]);
  });

  test.each(['CANCELLED', 'EXPIRED', 'UNKNOWN_AT_GATEWAY'] as const)(
    'for an order that ended as %s without an attempt',
    async (reason) => {
      const scene = world.newScene();
      const order = await scene.order();
      await scene.deliver(sampleFailed(order, reason));
      expect(scene.outcomes()).toEqual(['skipped: no failed attempt']);
      expect(await scene.subjects(order)).toEqual([]);
    },
  );
});

test('an order first seen as expired and then as declined gets its failed mail, in either order', async () => {
  const scene = world.newScene();
  const [first, second] = [await scene.order(), await scene.order()];
  await scene.deliver(sampleFailed(first, 'EXPIRED'));
  await scene.deliver(failed(first));
  await scene.deliver(failed(second));
  await scene.deliver(sampleFailed(second, 'EXPIRED'));
  expect(scene.outcomes()).toEqual([
    'skipped: no failed attempt',
    'applied',
    'applied',
    'skipped: already sent',
  ]);
  expect(await scene.subjects(first)).toHaveLength(1);
  expect(await scene.subjects(second)).toHaveLength(1);
});

describe('the welcome mail', () => {
  test('is not sent once access was taken back', async () => {
    const scene = world.newScene();
    const order = await scene.order({ accessRevokedAt: '2025-11-23T09:04:30.000Z' });
    await scene.deliver(completed(order));
    expect(scene.outcomes()).toEqual(['skipped: revoked']);
    expect(await scene.notes(order)).toMatchObject({
      welcome: { state: 'skipped', why: 'revoked' },
    });
    expect(await scene.welcomeClaim()).toBeUndefined();
    expect(await scene.subjects(order)).toEqual([]);
  });

  test('is not sent when it is older than thirty days', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    scene.advance(30 * 24 * HOUR_MS);
    await scene.deliver(completed(order));
    expect(scene.outcomes()).toEqual(['skipped: too old']);
    expect(await scene.subjects(order)).toEqual([]);
  });
});

describe('a buyer who paid twice is welcomed once', () => {
  test('one order after the other', async () => {
    const scene = world.newScene();
    const [first, second] = [await scene.order(), await scene.order()];
    await scene.deliver(completed(first));
    await scene.deliver(completed(second));
    expect(scene.outcomes()).toEqual(['applied', 'skipped: duplicate']);
    expect(await scene.subjects(first)).toHaveLength(1);
    expect(await scene.subjects(second)).toEqual([]);
    expect(await scene.notes(second)).toMatchObject({
      welcome: { state: 'skipped', why: 'duplicate' },
    });
  });

  test('both at once, five times each', async () => {
    const scene = world.newScene();
    const [first, second] = [await scene.order(), await scene.order()];
    const events = Array.from({ length: 10 }, (_, index) => completed(index % 2 ? first : second));
    await scene.deliver(...events);
    await scene.deliver(...events);
    const mails = [...(await scene.subjects(first)), ...(await scene.subjects(second))];
    expect(mails).toHaveLength(1);
  });

  test('an order marked as duplicate before it asks leaves the welcome to the other', async () => {
    const scene = world.newScene();
    const first = await scene.order();
    const second = await scene.order({ duplicateOf: first.row.transactionId });
    await scene.deliver(completed(second));
    await scene.deliver(completed(first));
    expect(scene.outcomes()).toEqual(['skipped: duplicate', 'applied']);
    expect(await scene.subjects(first)).toHaveLength(1);
  });

  test('an order marked as duplicate after it took the welcome still sends it', async () => {
    const scene = world.newScene();
    const first = await scene.order();
    const second = await scene.order();
    refuseMails();
    await scene.deliver(completed(second));
    world.cloud.intercept(undefined);
    await scene.deliver(completed(first));
    await world.put('transactions', { ...second.row, duplicateOf: first.row.transactionId });
    await scene.deliver(completed(second));
    expect(scene.outcomes()).toEqual(['retry', 'skipped: duplicate', 'applied']);
    expect(await scene.subjects(second)).toHaveLength(1);
  });

  test('buyers and plans do not stand in each other’s way', async () => {
    const scene = world.newScene();
    const other = world.newScene();
    await scene.deliver(completed(await scene.order()));
    await other.deliver(completed(await other.order()));
    const first = await scene.order();
    const order = sampleOrder({ ...first.row, plan: { ...first.plan, planId: 'team' } });
    await scene.deliver(completed(order));
    expect(other.outcomes()).toEqual(['applied']);
    expect(scene.outcomes()).toEqual(['applied', 'applied']);
  });
});

describe('a buyer whose access was taken back and who pays again', () => {
  test('is welcomed again', async () => {
    const scene = world.newScene();
    const [refunded, again] = [await scene.order(), await scene.order()];
    await scene.deliver(completed(refunded));
    await world.put('transactions', { ...refunded.row, accessRevokedAt: '2025-11-23' });
    await scene.deliver(completed(again));
    await scene.deliver(completed(again), completed(refunded));
    expect(await scene.subjects(again)).toHaveLength(1);
    expect(await scene.subjects(refunded)).toHaveLength(1);
    expect(await scene.welcomeClaim()).toMatchObject({ transactionId: again.row.transactionId });
  });

  test('is welcomed for one order, though two ask at once', async () => {
    const scene = world.newScene();
    const refunded = await scene.order();
    await scene.deliver(completed(refunded));
    await world.put('transactions', { ...refunded.row, accessRevokedAt: '2025-11-23' });
    const [first, second] = [await scene.order(), await scene.order()];
    await scene.deliver(completed(first), completed(second), completed(first), completed(second));
    await scene.deliver(completed(first), completed(second));
    const mails = [...(await scene.subjects(first)), ...(await scene.subjects(second))];
    expect(mails).toHaveLength(1);
  });

  test('an order that was already told "duplicate" does not take the welcome away', async () => {
    const scene = world.newScene();
    const [refunded, told, again] = [await scene.order(), await scene.order(), await scene.order()];
    await scene.deliver(completed(refunded));
    await scene.deliver(completed(told));
    await world.put('transactions', { ...refunded.row, accessRevokedAt: '2025-11-23' });
    await scene.deliver(completed(told));
    await scene.deliver(completed(again));
    expect(await scene.subjects(told)).toEqual([]);
    expect(await scene.subjects(again)).toHaveLength(1);
  });
});

test.each(kinds)(
  'a %s event of an unknown order goes to the dead-letter queue',
  async (_k, build) => {
    const scene = world.newScene();
    const order = sampleOrder();
    expect(await scene.deliver(build(order))).toBe(0);
    expect(scene.outcomes()).toEqual(['dead-lettered']);
    const letters = await world.receive('notifications', 'deadLetterQueue');
    expect(letters).toHaveLength(1);
    expect(letters[0]?.MessageAttributes).toMatchObject({
      failureKind: { StringValue: 'permanent' },
      failureReason: { StringValue: `no row for ${order.row.transactionId}` },
    });
    expect(await scene.notes(order)).toBeUndefined();
  },
);

function refuseMails(): void {
  world.cloud.intercept(({ service }) =>
    service === 'ses'
      ? { when: 'before', status: 503, errorType: 'ServiceUnavailable' }
      : undefined,
  );
}
