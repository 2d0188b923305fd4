import { expect, test } from 'vitest';
import { buildReturnUrl } from './build-return-url.ts';

test.each([
  [
    'https://shop.example/payment/callback',
    'https://shop.example/payment/callback?transactionId=txn_1',
  ],
  [
    'https://shop.example/back?lang=en#top',
    'https://shop.example/back?lang=en&transactionId=txn_1#top',
  ],
  ['https://shop.example/back?transactionId=old', 'https://shop.example/back?transactionId=txn_1'],
])('%s gets the order’s id and keeps what it has', (returnUrl, expected) => {
  expect(buildReturnUrl(returnUrl, 'txn_1')).toBe(expected);
});
