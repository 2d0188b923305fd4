import { expect, test } from 'vitest';
import { buildReturnUrl, createFindReturnPage } from './return-page.ts';

const findReturnPage = createFindReturnPage([
  { id: 'shop', origin: 'https://shop.example', returnUrl: 'https://shop.example/back?lang=en' },
  { id: 'search', origin: 'https://search.example', returnUrl: 'https://search.example/paid' },
]);

test.each([
  ['its own frontend', 'search', 'https://search.example/paid?transactionId=txn_1'],
  [
    'the first one, where its own is gone',
    'old',
    'https://shop.example/back?lang=en&transactionId=txn_1',
  ],
  [
    'the first one, where none was noted',
    undefined,
    'https://shop.example/back?lang=en&transactionId=txn_1',
  ],
])('an order’s buyer returns to %s', (_name, source, page) => {
  expect(findReturnPage(source, 'txn_1')).toBe(page);
});

test('without any frontend nothing starts', () => {
  expect(() => createFindReturnPage([])).toThrow('no frontend');
});

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
