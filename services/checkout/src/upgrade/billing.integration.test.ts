import { billingProfileItemSchema } from '@cloudnestle/contracts/items/checkout';
import { toBillingKey } from '@cloudnestle/payments/order-ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';

const inKarnataka = { stateCode: '29', name: 'Asha Rao' };
const company = { stateCode: '27', gstin: '27AAPFU0939F1ZV', name: 'Asha Textiles LLP' };

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

test('an order keeps whom its invoice is made out to, and so does a profile for the next one', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user, { billing: company });
  expect(await shop.rowOf(body.transactionId)).toMatchObject({ billing: company });
  const profile = await shop.cloud.get('checkouts', { checkoutKey: toBillingKey(user.userId) });
  expect(billingProfileItemSchema.parse(profile).billing).toEqual(company);
});

test('a buyer who goes back and corrects it gets the same page, and the order has the correction', async () => {
  const user = await shop.addUser();
  const instance = shop.open();
  const { body } = await instance.click(user, { billing: inKarnataka });
  const { body: again } = await instance.click(user, { billing: company });
  expect(again).toMatchObject({ transactionId: body.transactionId, reused: true });
  expect(await shop.rowOf(body.transactionId)).toMatchObject({ billing: company });
});

test('a paid order keeps what it was paid with, whatever a late click says', async () => {
  const user = await shop.addUser();
  const instance = shop.open();
  const { body } = await instance.click(user, { billing: inKarnataka });
  const row = await shop.rowOf(body.transactionId);
  await shop.cloud.put('transactions', { ...row, status: 'COMPLETED' });
  await instance.click(user, { billing: company });
  expect(await shop.rowOf(body.transactionId)).toMatchObject({ billing: inKarnataka });
});

test('a GSTIN with a wrong check digit or of another State opens no page, and says which field', async () => {
  const user = await shop.addUser();
  for (const [billing, field] of [
    [{ ...company, gstin: '27AAPFU0939F1ZX' }, 'billing.gstin'],
    [{ ...company, stateCode: '29' }, 'billing.stateCode'],
  ] as const) {
    const answer = await shop.open().click(user, { billing });
    expect(answer).toMatchObject({ statusCode: 400, body: { error: { fields: [{ field }] } } });
  }
  expect(shop.gatewayOrdersOf(user)).toEqual([]);
});

test('a buyer who says nothing has an order without it, and still a page', async () => {
  const user = await shop.addUser();
  const { statusCode, body } = await shop.open().click(user);
  expect(statusCode).toBe(200);
  expect(await shop.rowOf(body.transactionId)).not.toHaveProperty('billing');
  const profile = await shop.cloud.get('checkouts', { checkoutKey: toBillingKey(user.userId) });
  expect(profile).toBeUndefined();
});
