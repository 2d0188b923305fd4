import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { readOrder } from '@cloudnestle/payments/order';
import { sampleCatalogue } from '@cloudnestle/test-kit/samples';
import { expect, test } from 'vitest';
import { buildRow } from './order-rows.ts';
import { readPurchase } from './read-purchase.ts';

const frontends = [
  { id: 'one', origin: 'https://one.example', returnUrl: 'https://one.example/back' },
];
const purchase = readPurchase(
  { userId: 'u1', userEmail: 'buyer@example.com', tier: 'pro' },
  { catalogue: sampleCatalogue, frontends },
);
const ids = {
  merchantOrderId: 'MP-u1-1-abcdef',
  transactionId: 'txn_MP-u1-1-abcdef',
  claimId: 'c1',
};
const facts = { now: new Date('2025-11-23T20:00:00.000Z'), gateway: 'payer' };
const row = buildRow(purchase, ids, facts);

test('a new row fits its contract and is read back as the order it is', () => {
  expect(transactionItemSchema.parse(row)).toEqual(row);
  expect(readOrder(row, sampleCatalogue)).toMatchObject({
    kind: 'order',
    order: { amountInPaisa: 29_900, expiresAt: new Date('2025-11-23T20:30:00.000Z') },
  });
});

test('it is filed under the day in India', () => {
  expect(row.dayShard).toBe('2025-11-24#0');
});

test('it has no page, no gateway id and no fence', () => {
  expect(row).not.toHaveProperty('redirectUrl');
  expect(row).not.toHaveProperty('phonepeOrderId');
  expect(row).not.toHaveProperty('supersededBy');
});
