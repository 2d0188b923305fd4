import { buildCatalogue, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { addMs } from '@cloudnestle/payments/clock';
import { readOrder } from '@cloudnestle/payments/order';
import { expect, it } from 'vitest';
import { oldRow } from '../testing/old-row.ts';
import { findMissingKeys, isLeftUndecided } from './find-missing.ts';

const catalogue = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID });
const HOUR_MS = 3_600_000;
/** 23 November, but for India already the 24th. */
const createdAt = new Date('2025-11-23T19:00:00.000Z');

function orderOf(changes: Record<string, unknown>) {
  const read = readOrder({ ...oldRow('u-1', createdAt), ...changes }, catalogue);
  if (read.kind === 'unreadable') throw new Error(read.reason);
  return read.order;
}
const after = (hours: number) => addMs(createdAt, hours * HOUR_MS);
const find = (changes: Record<string, unknown>, hours: number) =>
  findMissingKeys(orderOf(changes), after(hours));

const day = { dayShard: '2025-11-24#0' };
const open = { openShard: 'OPEN#0' };
const beingPaid = { ...day, ...open, nextCheckAt: '2025-11-23T19:00:25.000Z' };
const lateMoney = { ...day, ...open, nextCheckAt: '2025-11-23T20:30:00.000Z' };
const effects = { ...day, ...open, nextCheckAt: '2025-11-23T19:05:00.000Z' };
const paid = { status: 'COMPLETED' };
const failed = { status: 'FAILED' };

// The order expires half an hour after it was made.
it.each([
  ['an order that waits for its outcome', {}, 1, beingPaid],
  ['one that waits for three days less a moment', {}, 72.4, beingPaid],
  ['one that has waited for three days', {}, 72.6, day],
  ['one whose expiry is not told', { expiresAt: undefined }, 72.4, beingPaid],
  ['a failed one of an unknown reason', failed, 1, lateMoney],
  ['an expired one', { ...failed, failureReason: 'EXPIRED' }, 72.4, lateMoney],
  ['one that expired three days ago', { ...failed, failureReason: 'EXPIRED' }, 72.6, day],
  ['a refused one', { ...failed, failureReason: 'DECLINED' }, 1, day],
  ['a paid one', paid, 1, effects],
  ['one that was paid less than four days ago', paid, 95.9, effects],
  ['one that was paid four days ago', paid, 96.1, day],
  [
    'one that was paid late',
    { ...paid, completedAt: '2025-11-23T19:20:00.000Z' },
    96.1,
    {
      ...effects,
      nextCheckAt: '2025-11-23T19:25:00.000Z',
    },
  ],
  ['one that an operator looks at', { needsReview: 'look' }, 1, day],
])('%s gets the keys that the services would give it', (_name, changes, hours, keys) => {
  expect(find(changes, hours)).toEqual(keys);
});

it.each([
  ['a paid order that the sweep has closed', { ...paid, ...day }],
  ['a failed one that the sweep has closed', { ...failed, ...day }],
  ['one that is open', beingPaid],
])('%s lacks nothing', (_name, changes) => {
  expect(find(changes, 1)).toBeUndefined();
});

it.each([
  ['neither key', day],
  ['only the time', { ...day, nextCheckAt: '2025-11-23T19:00:25.000Z' }],
  ['only the shard', { ...day, ...open }],
])('an order that waits, that no sweep finds because it has %s, is opened', (_name, changes) => {
  expect(find(changes, 1)).toEqual({ ...open, nextCheckAt: '2025-11-23T19:00:25.000Z' });
});

it.each([
  [{}, 72.6, true],
  [{}, 72.4, false],
  [beingPaid, 72.6, false],
  [{ needsReview: 'look' }, 72.6, false],
  [failed, 72.6, false],
  [paid, 200, false],
])('an order %j after %d hours is left undecided: %s', (changes, hours, isLeft) => {
  expect(isLeftUndecided(orderOf(changes), after(hours))).toBe(isLeft);
});
