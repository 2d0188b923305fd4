import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults, strike } from './testing/faults.ts';
import {
  completed,
  FUNCTION_TIMEOUT_MS,
  failed,
  initiated,
  kinds,
  startNotifications,
} from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

const CLAIMED_AT = '2025-11-23T09:05:00.000Z';
const crashed = { state: 'sending', claimId: 'of-a-crashed-run', claimedAt: CLAIMED_AT };

describe.each(kinds)('a claim on the %s mail left by a run that crashed', (kind, build) => {
  test('is waited for while its run could still live', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    await scene.writeNotes(order, { [kind]: crashed });
    scene.advance(FUNCTION_TIMEOUT_MS - 1);
    expect(await scene.deliver(build(order))).toBe(1);
    expect(await scene.notes(order)).toMatchObject({ [kind]: crashed });
    expect(await scene.subjects(order)).toEqual([]);
    expect(scene.platform.counted('EmailUnknown')).toBe(0);
  });

  test('is unknown from then on, seen by the operator, and never sent', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    await scene.writeNotes(order, { [kind]: crashed });
    scene.advance(FUNCTION_TIMEOUT_MS);
    expect(await scene.deliver(build(order), build(order))).toBeLessThanOrEqual(1);
    expect(await scene.deliver(build(order))).toBe(0);
    expect(await scene.notes(order)).toMatchObject({
      [kind]: { state: 'unknown', since: CLAIMED_AT },
    });
    expect(scene.outcomes().at(-1)).toBe('skipped: unknown');
    expect(scene.platform.counted('EmailUnknown')).toBeGreaterThanOrEqual(1);
    expect(await scene.subjects(order)).toEqual([]);
  });
});

test('an old claim is settled even where its mail would not be sent any more', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  await scene.writeNotes(order, { initiated: crashed });
  scene.platform.setNow(order.expiresAt);
  await scene.deliver(initiated(order));
  expect(scene.outcomes()).toEqual(['skipped: unknown']);
  expect(await scene.notes(order)).toMatchObject({ initiated: { state: 'unknown' } });
});

test('an old claim is counted as unknown though the answer to writing that was lost', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  await scene.writeNotes(order, { initiated: crashed });
  scene.advance(FUNCTION_TIMEOUT_MS);
  // Row, refused claim, item, and then the write.
  const strikes = strike(world.cloud, 'dynamodb', faults.cutAfter, { from: 4 });
  expect(await scene.deliver(initiated(order))).toBe(0);
  expect(strikes.struck()).toBe(1);
  expect(scene.outcomes()).toEqual(['skipped: unknown']);
  expect(scene.platform.counted('EmailUnknown')).toBe(1);
});

test('the record comes back when the claim’s run must be over', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  await scene.writeNotes(order, { failed: crashed });
  scene.advance(4000);
  const handler = scene.newHandler({ retryScale: 1 });
  expect(await scene.deliverTo(handler, failed(order))).toBe(1);
  expect(scene.platform.summaries()[0]).toMatchObject({ outcome: 'retry', retryInSeconds: 11 });
});

test('a crash between the two claims of a welcome loses nothing: the same order takes both again', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  await world.put('notifications', {
    notificationKey: `welcome#${scene.userId}#pro`,
    transactionId: order.row.transactionId,
    claimedAt: CLAIMED_AT,
  });
  expect(await scene.deliver(completed(order))).toBe(0);
  expect(await scene.subjects(order)).toHaveLength(1);
});

test('a run that was held up does not send what others already count as lost', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  world.cloud.intercept(({ operation }) => {
    if (operation === 'UpdateItem') scene.advance(FUNCTION_TIMEOUT_MS);
    return undefined;
  });
  expect(await scene.deliver(initiated(order))).toBe(1);
  world.cloud.intercept(undefined);
  expect(await scene.subjects(order)).toEqual([]);
  expect((await scene.notes(order))?.initiated).toBeUndefined();
  expect(await scene.deliver(initiated(order))).toBe(0);
  expect(await scene.subjects(order)).toHaveLength(1);
});

/** Attempts of one table call before the SDK gives up. */
const SDK_ATTEMPTS = 3;
const tableCalls = { initiated: 3, welcome: 4, failed: 3 };
const positions = kinds.flatMap(([kind, build]) =>
  Array.from({ length: tableCalls[kind] }, (_, index) => [kind, index + 1, build] as const),
);

describe.each(positions)('the %s mail arrives once although table call %i', (kind, from, build) => {
  test.each(Object.entries(faults))('fails once (%s)', async (_name, fault) => {
    const scene = world.newScene();
    const order = await scene.order();
    const strikes = strike(world.cloud, 'dynamodb', fault, { from });
    expect(await scene.deliver(build(order))).toBe(0);
    expect(strikes.struck()).toBe(1);
    expect(scene.outcomes()).toEqual(['applied']);
    expect(scene.platform.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(await scene.subjects(order)).toHaveLength(1);
    expect(await scene.notes(order)).toMatchObject({ [kind]: { state: 'sent' } });
  });

  test.each(Object.entries(faults))('fails until the SDK gives up (%s)', async (_name, fault) => {
    const scene = world.newScene();
    const order = await scene.order();
    const strikes = strike(world.cloud, 'dynamodb', fault, { from, times: SDK_ATTEMPTS });
    expect(await scene.deliver(build(order))).toBe(1);
    expect(strikes.struck()).toBe(SDK_ATTEMPTS);
    await scene.deliver(build(order));
    scene.advance(FUNCTION_TIMEOUT_MS);
    expect(await scene.deliver(build(order))).toBe(0);
    expect(await scene.subjects(order)).toHaveLength(1);
    expect((await scene.notes(order))?.[kind]).not.toMatchObject({ state: 'sending' });
  });
});
