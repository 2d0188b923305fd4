import { expect, it } from 'vitest';
import { routeUrl } from './route-url.ts';

it('finds where a stage answers, with or without a slash at its end', () => {
  expect(routeUrl('https://api.example', 'webhook')).toBe(
    'https://api.example/payments/phonepe-webhook',
  );
  expect(routeUrl('https://api.example/stage/', 'paymentStatus', 'txn_a/b')).toBe(
    'https://api.example/stage/payments/status/txn_a%2Fb',
  );
});
