import { expect, it } from 'vitest';
import { formatAmount } from './format-amount.ts';
import { readReturn } from './read-return.ts';

it.each([
  [29_900, '₹299'],
  [29_950, '₹299.50'],
  [99_900, '₹999'],
  [1_00_000_00, '₹1,00,000'],
  [1, '₹0.01'],
])('%d paisa are written %s', (amountInPaisa, words) => {
  expect(formatAmount(amountInPaisa, 'INR')).toBe(words);
});

it.each([
  ['https://shop.test/payment/callback?transactionId=txn_MP-u-1-abc', 'txn_MP-u-1-abc'],
  ['/payment/callback?status=success&transactionId=txn_1&access=GRANTED', 'txn_1'],
  ['?transactionId=txn_1', 'txn_1'],
  ['https://shop.test/payment/callback', undefined],
  ['?status=success', undefined],
  ['?transactionId=', undefined],
  ['?transactionId=%22%3E%3Cscript%3E', undefined],
  ['?transactionId=txn_1&transactionId=txn_2', undefined],
  ['http://[broken', undefined],
])('the address %s names the payment %s', (url, transactionId) => {
  expect(readReturn(url)?.transactionId).toBe(transactionId);
});
