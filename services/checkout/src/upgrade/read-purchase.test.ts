import { sampleCatalogue } from '@cloudnestle/test-kit/samples';
import { expect, test } from 'vitest';
import { readPurchase } from './read-purchase.ts';

const frontends = [
  { id: 'one', origin: 'https://one.example', returnUrl: 'https://one.example/back' },
  { id: 'two', origin: 'https://two.example', returnUrl: 'https://two.example/back' },
];
const shop = { catalogue: sampleCatalogue, frontends };
const body = { userId: 'u1', userEmail: ' Buyer@Example.com ', tier: 'pro' };

test('the plan comes from the catalogue, whatever price a request names', () => {
  const purchase = readPurchase({ ...body, amount: 1, plan: { amountInPaisa: 1 } }, shop);
  expect(purchase.plan.amountInPaisa).toBe(29_900);
});

test('the email is kept as given, trimmed', () => {
  expect(readPurchase(body, shop).userEmail).toBe('Buyer@Example.com');
});

test('source picks the frontend; without it the first one is meant', () => {
  expect(readPurchase(body, shop).frontend.id).toBe('one');
  expect(readPurchase({ ...body, source: 'two' }, shop).frontend.id).toBe('two');
});

test('a user id of 42 characters still makes a legal order id', () => {
  expect(readPurchase({ ...body, userId: 'u'.repeat(42) }, shop).userId).toHaveLength(42);
});
