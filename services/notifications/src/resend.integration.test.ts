import { releaseUnknown } from '@cloudnestle/operations/mails/resend';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faults, strike } from './testing/faults.ts';
import { completed, startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

const WELCOME = '🎉 Welcome to AWS Solution Finder Pro!';
const since = '2025-11-23T09:05:00.000Z';

/** A paid order whose welcome mail SES has taken, or not: its answer was lost. */
async function orderWithUnknownMail() {
  const scene = world.newScene();
  const order = await scene.order();
  const { struck } = strike(world.cloud, 'ses', faults.cutBefore);
  await scene.deliver(completed(order));
  world.cloud.intercept(undefined);
  expect(struck()).toBe(1);
  expect(await scene.notes(order)).toMatchObject({ welcome: { state: 'unknown', since } });
  return {
    scene,
    order,
    mail: { transactionId: order.row.transactionId, kind: 'welcome' } as const,
  };
}
const ledgerOf = () => ({
  dynamo: world.dynamo,
  table: world.topology.tables.notifications.name,
});

it('a released mail goes out with the next event, once', async () => {
  const { scene, order, mail } = await orderWithUnknownMail();
  await scene.deliver(completed(order));
  expect(await scene.subjects(order)).toEqual([]);
  expect(await releaseUnknown(ledgerOf(), mail, { since })).toEqual({ kind: 'released' });
  await scene.deliver(completed(order), completed(order));
  await scene.deliver(completed(order));
  expect(await scene.subjects(order)).toEqual([WELCOME]);
});

it('leaves the order’s other mails as they are', async () => {
  const { scene, order, mail } = await orderWithUnknownMail();
  const notes = await scene.notes(order);
  const initiated = { state: 'unknown', since, why: 'timeout' };
  await scene.writeNotes(order, { ...notes, initiated });
  await releaseUnknown(ledgerOf(), mail, { since });
  const { notificationKey } = notes ?? {};
  expect(await scene.notes(order)).toEqual({ notificationKey, initiated });
});

it.each([
  ['it was sent since', { state: 'sent', messageId: 'm-1', sentAt: since }],
  ['somebody is sending it', { state: 'sending', claimId: 'c-1', claimedAt: since }],
  [
    'it has become unknown anew',
    { state: 'unknown', since: '2025-11-23T09:06:00.000Z', why: 'timeout' },
  ],
])('releases nothing where %s', async (_what, welcome) => {
  const { scene, order, mail } = await orderWithUnknownMail();
  const notes = { ...(await scene.notes(order)), welcome };
  await scene.writeNotes(order, notes);
  expect(await releaseUnknown(ledgerOf(), mail, { since })).toEqual({
    kind: 'changed',
    state: welcome,
  });
  expect(await scene.notes(order)).toEqual(notes);
});

it('is done although the answer was lost and the SDK has written twice', async () => {
  const { scene, order, mail } = await orderWithUnknownMail();
  const { struck } = strike(world.cloud, 'dynamodb', faults.answerIsAnError);
  expect(await releaseUnknown(ledgerOf(), mail, { since })).toEqual({ kind: 'released' });
  world.cloud.intercept(undefined);
  expect(struck()).toBe(1);
  expect(await scene.notes(order)).not.toHaveProperty('welcome');
});
