import { planIds } from '@cloudnestle/payments/catalogue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop, type TestUser } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

const buy = (user: TestUser, planId: string, tier = planId.split('-')[0]) =>
  shop.open({ plansOnSale: planIds }).click(user, { tier, planId });

const NOW = Date.now();
const day = (days: number) => new Date(NOW + days * 86_400_000).toISOString();

/** A user whose row keeps these grants, and names a tier as if nothing had told it of any end. */
const addHolder = (subscriptionTier: string, grants: Record<string, unknown>) =>
  shop.addUser({ subscriptionTier, grants, grantsVersion: 1, baseTier: 'registered' });

test('a pass is bought by its plan: the row has its snapshot, and the page its price', async () => {
  const user = await shop.addUser();
  const { statusCode, body } = await buy(user, 'basic-monthly');
  expect(statusCode).toBe(200);
  expect(body).toMatchObject({ amountInPaisa: 9900, amount: 99, reused: false });
  expect(await shop.rowOf(body.transactionId)).toMatchObject({
    tier: 'basic',
    amount: 9900,
    plan: { planId: 'basic-monthly', name: 'Basic, one month', period: 'MONTHLY' },
  });
});

test('a tier with several plans wants to know which', async () => {
  const user = await shop.addUser();
  const answer = await shop.open({ plansOnSale: planIds }).click(user, { tier: 'basic' });
  expect(answer.statusCode).toBe(400);
  expect(JSON.stringify(answer.body)).toContain('basic-monthly, basic-yearly');
});

test('another plan of the tier is not sold beside an open page: 409 that names the page', async () => {
  const user = await shop.addUser();
  const open = await buy(user, 'basic-monthly');
  const other = await buy(user, 'basic-yearly');
  expect(other.statusCode).toBe(409);
  expect(other.body).toMatchObject({
    error: { code: 'PAYMENT_IN_PROGRESS' },
    transactionId: open.body.transactionId,
    planId: 'basic-monthly',
    redirectUrl: open.body.redirectUrl,
  });
  expect((await buy(user, 'basic-monthly')).body).toMatchObject({ reused: true });
  // A better tier is another purchase, with a page of its own.
  expect((await buy(user, 'enterprise-monthly')).body).toMatchObject({ reused: false });
});

test('a paid pass may be bought again once it has arrived, and not by an impatient click before', async () => {
  const user = await shop.addUser();
  const { transactionId } = (await buy(user, 'basic-monthly')).body;
  const row = await shop.rowOf(transactionId);
  await shop.cloud.put('transactions', { ...row, status: 'COMPLETED', completedAt: day(0) });
  const impatient = await buy(user, 'basic-monthly');
  expect(impatient.statusCode).toBe(409);
  expect(impatient.body).toMatchObject({ error: { code: 'ALREADY_PAID' }, transactionId });
  const stored = await shop.cloud.get('users', { userId: user.userId });
  const grant = { tier: 'basic', planId: 'basic-monthly', at: day(0), months: 1 };
  await shop.cloud.put('users', {
    ...stored,
    subscriptionTier: 'basic',
    baseTier: 'registered',
    grants: { [String(transactionId)]: grant },
  });
  const again = await buy(user, 'basic-yearly');
  expect(again.statusCode).toBe(200);
  expect(again.body.transactionId).not.toBe(transactionId);
});

test.each<[string, string, Record<string, unknown>, string, number]>([
  ['a better pass', 'basic', { at: day(-3), months: 1, tier: 'basic' }, 'enterprise-monthly', 200],
  ['Pro, for ever', 'basic', { at: day(-3), months: 1, tier: 'basic' }, 'pro', 200],
  ['what is less', 'enterprise', { at: day(-3), months: 1, tier: 'enterprise' }, 'pro', 200],
  ['it after its end', 'basic', { at: day(-90), months: 1, tier: 'basic' }, 'basic-monthly', 200],
  ['what they hold for ever', 'pro', { at: day(-3), tier: 'pro' }, 'pro', 409],
  ['less than they hold for ever', 'pro', { at: day(-3), tier: 'pro' }, 'basic-yearly', 409],
])('a holder may, or may not, buy %s', async (_what, tier, grant, planId, statusCode) => {
  const user = await addHolder(tier, { txn_a: grant });
  const answer = await buy(user, planId);
  expect(answer.statusCode).toBe(statusCode);
  if (statusCode === 409) {
    expect(answer.body).toMatchObject({ error: { code: 'ALREADY_PRO' }, currentTier: tier });
  }
});

test('Pro for ever is not sold again, even under a better pass', async () => {
  const user = await addHolder('enterprise', {
    txn_a: { at: day(-30), tier: 'pro' },
    txn_b: { at: day(-3), months: 1, tier: 'enterprise' },
  });
  expect((await buy(user, 'pro')).statusCode).toBe(409);
  expect((await buy(user, 'enterprise-yearly')).statusCode).toBe(200);
});
