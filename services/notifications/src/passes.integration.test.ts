import { planOf, sampleCompleted, sampleEnded, sampleEnding } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startNotifications } from './testing/setup.ts';

type Test = Awaited<ReturnType<typeof startNotifications>>;
let test: Test;
let scene: ReturnType<Test['newScene']>;

beforeAll(async () => {
  test = await startNotifications();
});
beforeEach(() => {
  scene = test.newScene();
});
afterAll(() => test.stop());

const PAID_AT = '2025-11-23T09:04:00.000Z';
const END = '2025-12-23T09:04:00.000Z';
const plan = planOf('basic-monthly');
const addPass = () => scene.order({ plan, tier: plan.tier, amount: plan.amountInPaisa });
/** The buyer's row as the tiers' subscriber keeps it. */
const hold = (grants: Record<string, { at: string; tier?: string }>) =>
  test.put('users', {
    userId: scene.userId,
    email: 'test@example.com',
    subscriptionTier: 'registered',
    baseTier: 'registered',
    grants: Object.fromEntries(
      Object.entries(grants).map(([id, grant]) => [id, { tier: 'basic', months: 1, ...grant }]),
    ),
  });
const setNow = (now: string) => scene.platform.setNow(new Date(now));

it('welcomes the buyer of a pass, and confirms the next one with its new end and not with a second welcome', async () => {
  const [first, second] = [await addPass(), await addPass()];
  await hold({});
  await scene.deliver(sampleCompleted(first, PAID_AT));
  await hold({ [first.row.transactionId]: { at: PAID_AT } });
  const again = sampleCompleted(second, PAID_AT);
  for (let delivery = 0; delivery < 3; delivery += 1) await scene.deliver(again);
  expect(await scene.subjects(first)).toEqual(['🎉 Welcome to AWS Solution Finder Basic!']);
  expect(await scene.subjects(second)).toEqual([
    'AWS Solution Finder Basic is yours until 23 Jan 2026',
  ]);
});

it('reminds once before the end and tells the end once, however often either is delivered', async () => {
  const order = await addPass();
  const paid = sampleCompleted(order, PAID_AT);
  await hold({ [order.row.transactionId]: { at: PAID_AT } });
  setNow('2025-12-20T09:04:00.000Z');
  await scene.deliver(sampleEnding(paid, END), sampleEnding(paid, END));
  setNow(END);
  const ended = sampleEnded(paid, 'EXPIRED', END);
  for (let delivery = 0; delivery < 3; delivery += 1) await scene.deliver(ended);
  // A late payment had moved the end: of this pass all is said already.
  await scene.deliver(sampleEnded(paid, 'EXPIRED', '2025-12-23T09:05:00.000Z'));
  expect(await scene.subjects(order)).toEqual([
    'AWS Solution Finder Basic ends on 23 Dec 2025',
    'Your plan has ended - AWS Solution Finder Basic',
  ]);
});

it('tells nothing of an end that was ended by a word, renewed, told too late, or is over', async () => {
  const order = await addPass();
  const id = order.row.transactionId;
  const paid = sampleCompleted(order, PAID_AT);
  setNow(END);
  await hold({ [id]: { at: PAID_AT } });
  for (const reason of ['REFUNDED', 'OPERATOR', 'DISPUTE_LOST'] as const) {
    await scene.deliver(sampleEnded(paid, reason, END));
  }
  expect(await scene.notes(order)).toBeUndefined();
  await scene.deliver(sampleEnding(paid, END));
  const renewed = await addPass();
  await hold({ [renewed.row.transactionId]: { at: PAID_AT }, txn_b: { at: END } });
  setNow('2025-12-23T10:00:00.000Z');
  await scene.deliver(sampleEnded(sampleCompleted(renewed, PAID_AT), 'EXPIRED', END));
  const old = await addPass();
  await hold({ [old.row.transactionId]: { at: PAID_AT } });
  setNow('2026-01-05T00:00:00.000Z');
  await scene.deliver(sampleEnded(sampleCompleted(old, PAID_AT), 'EXPIRED', END));
  for (const each of [order, renewed, old]) expect(await scene.subjects(each)).toEqual([]);
  expect(scene.outcomes()).toEqual([
    'skipped: no mail of this: REFUNDED',
    'skipped: no mail of this: OPERATOR',
    'skipped: no mail of this: DISPUTE_LOST',
    'skipped: over',
    'skipped: renewed',
    'skipped: too old',
  ]);
});
