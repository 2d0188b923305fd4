import { expect, it } from 'vitest';
import { isStrongerFailure, mayStillBePaid, nextStatus } from './payment-state.ts';

it.each([
  ['PENDING', 'COMPLETED', 'COMPLETED'],
  ['PENDING', 'FAILED', 'FAILED'],
  ['FAILED', 'COMPLETED', 'COMPLETED'],
  ['FAILED', 'FAILED', 'FAILED'],
  ['COMPLETED', 'FAILED', 'COMPLETED'],
  ['COMPLETED', 'COMPLETED', 'COMPLETED'],
] as const)('%s and then %s is %s: money wins', (current, outcome, expected) => {
  expect(nextStatus(current, outcome)).toBe(expected);
});

it('keeps the failure that says most, whichever came first', () => {
  expect(isStrongerFailure('DECLINED', 'EXPIRED')).toBe(true);
  expect(isStrongerFailure('EXPIRED', 'DECLINED')).toBe(false);
  expect(isStrongerFailure('EXPIRED', 'EXPIRED')).toBe(false);
  expect(isStrongerFailure('UNKNOWN_AT_GATEWAY', undefined)).toBe(true);
});

it('goes on looking for late money only where nobody said no', () => {
  expect(mayStillBePaid('EXPIRED')).toBe(true);
  expect(mayStillBePaid('UNKNOWN_AT_GATEWAY')).toBe(true);
  expect(mayStillBePaid('DECLINED')).toBe(false);
  expect(mayStillBePaid('CANCELLED')).toBe(false);
});
