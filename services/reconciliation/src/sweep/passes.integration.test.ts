import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { planOf } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { it as base, type Subject } from './testing/subject.ts';

const PAID_AT = '2025-11-23T09:10:00.000Z';
const ENDS_AT = '2025-12-23T09:10:00.000Z';
const REMIND_AT = '2025-12-20T09:10:00.000Z';
const SOON_AFTER = '2025-12-23T09:11:00.000Z';

type Grants = Record<string, Record<string, unknown>>;
const pass = (at: string, more: Record<string, unknown> = {}, tier = 'basic') => ({
  tier,
  planId: `${tier}-monthly`,
  at,
  months: 1,
  ...more,
});

interface Buyer {
  userId: string;
  email: string;
}
/** What tiers and entitlements keep of a buyer: their grants, and the tier that is derived from them. */
const it = base.extend(
  'hold',
  ({ cloud }) =>
    async (buyer: Buyer, tier: string, grants: Grants) => {
      const kept = { grants, grantsVersion: 1, baseTier: 'registered' };
      const { userId, email } = buyer;
      await cloud.put('users', { userId, email, subscriptionTier: tier, ...kept });
      for (const owner of [userId, email]) {
        const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
        await cloud.put('entitlements', { ...key, access_tier: tier, tier, ...kept });
      }
    },
);
it.beforeEach(async ({ cloud }) => {
  cloud.cloud.intercept(undefined);
  await cloud.receive('notifications', 'queue');
});

/** A pass of a month, in the books. */
async function addPass(subject: Subject, buyer: Buyer, row: Partial<TransactionItem> = {}) {
  const plan = planOf('basic-monthly');
  const { transactionId } = await subject.addOrder(
    {
      userId: buyer.userId,
      userEmail: buyer.email,
      plan,
      tier: plan.tier,
      amount: plan.amountInPaisa,
      status: 'COMPLETED',
      completedAt: PAID_AT,
      nextCheckAt: '2025-11-23T09:15:00.000Z',
      ...row,
    },
    { gateway: false },
  );
  return transactionId;
}
const nextLook = async (subject: Subject, id: string) => (await subject.row(id))?.nextCheckAt;
const heard = (subject: Subject, count: number) => subject.heardByNotifications(count);

it('watches a pass until its end: one reminder three days before, then the end, until the buyer holds it no more', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const id = await addPass(subject, buyer);
  await hold(buyer, 'basic', { [id]: pass(PAID_AT) });
  await subject.sweep('2025-11-23T09:15:00.000Z');
  expect(await nextLook(subject, id)).toBe(REMIND_AT);
  expect(await subject.sweep(REMIND_AT)).toMatchObject({ reminded: 1 });
  expect(await nextLook(subject, id)).toBe(ENDS_AT);
  // Another look before the end says nothing more.
  expect(await subject.sweep('2025-12-21T00:00:00.000Z', { scope: 'all' })).toMatchObject({
    reminded: 0,
  });
  expect(await subject.sweep(ENDS_AT)).toMatchObject({ ended: 1 });
  expect(await subject.sweep(SOON_AFTER)).toMatchObject({ ended: 0, errors: 0 });
  const events = await heard(subject, 3);
  expect(events.map(({ detailType, data }) => [detailType, data])).toEqual([
    ['AccessEnding', expect.objectContaining({ transactionId: id, endsAt: ENDS_AT })],
    ['AccessEnded', expect.objectContaining({ transactionId: id, endedAt: ENDS_AT })],
    ['AccessEnded', expect.objectContaining({ reason: 'EXPIRED', endedAt: ENDS_AT })],
  ]);
  const [, first, again] = events.map(({ detail: { metadata } }) => metadata.eventId);
  expect(again).toBe(first);
  await hold(buyer, 'registered', { [id]: pass(PAID_AT) });
  await subject.sweep('2025-12-23T09:20:00.000Z');
  const row = await subject.row(id);
  for (const gone of ['openShard', 'nextCheckAt', 'endTold']) expect(row).not.toHaveProperty(gone);
});

it('says nothing at the end of a pass that a later one follows, and tells the end of the last one once', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const first = await addPass(subject, buyer);
  const second = await addPass(subject, buyer, { completedAt: '2025-12-01T00:00:00.000Z' });
  const grants = { [first]: pass(PAID_AT), [second]: pass('2025-12-01T00:00:00.000Z') };
  await hold(buyer, 'basic', grants);
  const END = '2026-01-23T09:10:00.000Z';
  expect(await subject.sweep(REMIND_AT)).toMatchObject({ reminded: 0 });
  expect(await subject.sweep(SOON_AFTER)).toMatchObject({ reminded: 0, ended: 0 });
  expect(await nextLook(subject, first)).toBe(END);
  expect(await subject.sweep('2026-01-21T00:00:00.000Z')).toMatchObject({ reminded: 1 });
  expect(await subject.sweep(END)).toMatchObject({ ended: 1 });
  expect(await subject.row(first)).not.toHaveProperty('openShard');
  expect((await heard(subject, 2)).map(({ data }) => data.transactionId)).toEqual([second, second]);
  await subject.change(second, { openShard: 'CLOSED' });
});

it('tells the record of an address that the buyer has left that its pass is over, though a later one gives as much', async ({
  subject,
  hold,
  cloud,
}) => {
  const buyer = await subject.addBuyer();
  const first = await addPass(subject, buyer);
  const grants = { [first]: pass(PAID_AT) };
  await hold(buyer, 'basic', { ...grants, txn_later: pass('2025-12-01T00:00:00.000Z') });
  const left = {
    pk: `user#${buyer.email}`,
    sk: `solution#${DEFAULT_SOLUTION_ID}`,
    grants,
    grantsVersion: 1,
    baseTier: 'registered',
  };
  await cloud.put('entitlements', { ...left, access_tier: 'basic', tier: 'basic' });
  expect(await subject.sweep(ENDS_AT)).toMatchObject({ ended: 1 });
  expect(await heard(subject, 1)).toMatchObject([
    { data: { transactionId: first, reason: 'EXPIRED', endedAt: ENDS_AT } },
  ]);
  await cloud.put('entitlements', { ...left, access_tier: 'registered', tier: 'registered' });
  expect(await subject.sweep(SOON_AFTER)).toMatchObject({ ended: 0 });
  expect(await nextLook(subject, first)).toBe('2026-01-23T09:10:00.000Z');
  await subject.change(first, { openShard: 'CLOSED' });
});

it('looks in time where a pass moves up because the one before it was cut short', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const first = await addPass(subject, buyer, { openShard: 'CLOSED' });
  const second = await addPass(subject, buyer, { completedAt: PAID_AT });
  const later = pass('2025-11-23T09:11:00.000Z');
  await subject.change(second, { completedAt: later.at });
  await hold(buyer, 'basic', { [first]: pass(PAID_AT), [second]: later });
  await subject.sweep('2025-12-10T00:00:00.000Z');
  const cutAt = '2025-12-10T06:00:00.000Z';
  const movedUp = '2026-01-10T06:00:00.000Z';
  await hold(buyer, 'basic', { [first]: pass(PAID_AT, { endedAt: cutAt }), [second]: later });
  expect(String(await nextLook(subject, second)) <= movedUp).toBe(true);
  await subject.sweep('2026-01-10T00:00:00.000Z');
  expect(await nextLook(subject, second)).toBe(movedUp);
  await subject.change(second, { openShard: 'CLOSED' });
});

it('leaves an end alone that a better tier, or something for ever, stands above', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const id = await addPass(subject, buyer);
  const better = { txn_b: pass('2025-12-10T00:00:00.000Z', {}, 'enterprise') };
  await hold(buyer, 'enterprise', { [id]: pass(PAID_AT), ...better });
  expect(await subject.sweep(SOON_AFTER)).toMatchObject({ ended: 0 });
  expect(await nextLook(subject, id)).toBe('2026-01-10T00:00:00.000Z');
  const pro = { txn_c: { tier: 'pro', planId: 'pro', at: PAID_AT } };
  await hold(buyer, 'pro', { [id]: pass(PAID_AT), ...pro });
  expect(await subject.sweep('2026-01-10T00:00:00.000Z')).toMatchObject({ ended: 0 });
  expect(await subject.row(id)).not.toHaveProperty('openShard');
});

it('tells an end that could not be published, or whose note was lost, at the next run', async ({
  cloud,
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const id = await addPass(subject, buyer, { nextCheckAt: ENDS_AT });
  await hold(buyer, 'basic', { [id]: pass(PAID_AT) });
  cloud.cloud.intercept((call) =>
    call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
  );
  expect(await subject.sweep(ENDS_AT)).toMatchObject({ ended: 0, errors: 1 });
  let writes = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem') return undefined;
    writes += 1;
    return writes > 1 ? { when: 'before', reset: true } : undefined;
  });
  expect(await subject.sweep('2025-12-23T09:12:00.000Z')).toMatchObject({ errors: 1 });
  cloud.cloud.intercept(undefined);
  expect(await subject.sweep('2025-12-23T09:14:00.000Z')).toMatchObject({ ended: 1 });
  const ids = (await heard(subject, 2)).map(({ detail: { metadata } }) => metadata.eventId);
  expect(new Set(ids).size).toBe(1);
  await subject.change(id, { openShard: 'CLOSED' });
});

it('asks an operator where an end never shows in what is stored, and goes on telling it', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const id = await addPass(subject, buyer, { nextCheckAt: ENDS_AT });
  await hold(buyer, 'basic', { [id]: pass(PAID_AT) });
  for (let look = 0; look < 6; look += 1) {
    await subject.sweep(String(await nextLook(subject, id)));
  }
  expect(await subject.attention(id)).toMatchObject([
    { reason: 'EFFECTS_MISSING', detail: expect.stringContaining('published 6 times') },
  ]);
  await hold(buyer, 'registered', { [id]: pass(PAID_AT) });
  await subject.sweep(String(await nextLook(subject, id)));
  expect(await subject.attention(id)).toEqual([]);
  expect(await subject.row(id)).not.toHaveProperty('openShard');
});

it('publishes that access was taken back until the buyer holds it no more, with the reason on the row', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const endedAt = '2025-11-25T00:00:00.000Z';
  const mark = { accessRevokedAt: endedAt, accessEndReason: 'OPERATOR' } as const;
  const id = await addPass(subject, buyer, { ...mark, nextCheckAt: endedAt });
  await hold(buyer, 'basic', { [id]: pass(PAID_AT) });
  expect(await subject.sweep(endedAt)).toMatchObject({ ended: 1 });
  expect(await heard(subject, 1)).toMatchObject([
    { detailType: 'AccessEnded', data: { transactionId: id, endedAt, reason: 'OPERATOR' } },
  ]);
  await hold(buyer, 'registered', { [id]: pass(PAID_AT, { endedAt }) });
  await subject.sweep('2025-11-25T00:01:00.000Z');
  expect(await subject.row(id)).not.toHaveProperty('openShard');
});

it('is not done with an order that was given back while any item still shows its end', async ({
  subject,
  hold,
}) => {
  const buyer = await subject.addBuyer();
  const restored = { accessRestoredAt: '2025-11-25T00:00:00.000Z' };
  const { transactionId: id } = await subject.addOrder(
    {
      ...{ userId: buyer.userId, userEmail: buyer.email, status: 'COMPLETED' },
      completedAt: PAID_AT,
      nextCheckAt: restored.accessRestoredAt,
      ...restored,
    },
    { gateway: false },
  );
  const pro = { tier: 'pro', planId: 'pro', at: PAID_AT };
  await hold(buyer, 'pro', { [id]: { ...pro, endedAt: '2025-11-24T00:00:00.000Z' } });
  await subject.sweep(restored.accessRestoredAt);
  expect(await subject.row(id)).toHaveProperty('attention');
  await subject.change(id, { openShard: 'OPEN#0', nextCheckAt: restored.accessRestoredAt });
  await hold(buyer, 'pro', { [id]: { ...pro, ...{ restoredAt: restored.accessRestoredAt } } });
  await subject.sweep('2025-11-25T00:01:00.000Z');
  const row = await subject.row(id);
  for (const gone of ['attention', 'openShard']) expect(row).not.toHaveProperty(gone);
});
