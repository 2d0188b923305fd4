import { cpuSecondsOf } from '@cloudnestle/test-kit/cpu-seconds-of';
import { expect, it } from 'vitest';
import { describeError, PermanentError, RetryLaterError } from './errors.ts';
import { redact } from './redact.ts';

it.each([
  ['an address', 'Email address is not verified: buyer@example.com in US-EAST-1', 'buyer'],
  ['a VPA', 'payer user.name@paytm refused', 'user.name'],
  ['a derived token', 'no tok_perm_0123456789abcdef0123456789abcdef here', '0123456789abcdef'],
  ['a bearer token', 'header was O-Bearer abc.def-ghi', 'abc.def'],
  ['a UTR', 'utr 123456789012 seen', '123456789012'],
])('takes %s out of what others wrote', (_what, text, secret) => {
  expect(redact(text)).not.toContain(secret);
});

it.each([
  'order txn_MP-uuid-123-1732356000-abc123 of uuid-123',
  // One UUID in three hundred ends without a letter.
  'message 0c2f7ab4-9f1d-4e6b-8a35-120934875611',
])('leaves ids alone, because operators need them: %s', (text) => {
  expect(redact(text)).toBe(text);
});

it('says in one line what was thrown, whatever it was', () => {
  expect(describeError(new PermanentError('no user row'))).toBe('no user row');
  expect(
    describeError(new RetryLaterError('SES is down', { cause: new Error('a@b.example') })),
  ).toBe('SES is down (Error: [address])');
  expect(describeError('text')).toBe('something that is no Error was thrown');
  expect(describeError(new Error('x'.repeat(2000))).length).toBeLessThanOrEqual(500);
});

it('takes out what would break a line, or what SQS refuses', () => {
  expect(redact('a\u0000b\nc\ud800')).toBe('a b c\ufffd');
});

it('does not take for ever over a long word', () => {
  const text = `${'x'.repeat(500_000)} anna@example.com`;
  expect(cpuSecondsOf(() => redact(text))).toBeLessThan(20);
});
