import { expect, it } from 'vitest';
import { formatResult } from './format-result.ts';
import { type BackfillResult, isNothingLeft, noteUndecided, startRows } from './result.ts';

const index = { table: 'orders', index: 'DayIndex', keys: 'dayShard, createdAt' };
const done = (): BackfillResult => ({
  stage: 'test',
  dryRun: false,
  indexes: [{ ...index, state: 'made' }],
  rows: { ...startRows('orders'), looked: 3, complete: 1, given: 2 },
});
const row = { transactionId: 'txn_1', reason: 'it is odd' };

it('says that nothing is left, whatever is too old for a sweep', () => {
  const result = done();
  for (const day of ['2025-02-03', '2025-01-31', '2025-02-01']) noteUndecided(result.rows, day);
  expect(isNothingLeft(result)).toBe(true);
  const text = formatResult(result);
  expect(text).toContain('3 orders still PENDING and too old for a sweep');
  expect(text).toContain('from 2025-01-31 to 2025-02-03');
  expect(text).toContain('./payments reconcile --from 2025-01-31');
  expect(text).toMatch(/Nothing is left to do\.$/);
});

it('lists a few of the rows that are left, and says how many there are', () => {
  const result = done();
  result.rows.refused.push(...Array(25).fill(row));
  const text = formatResult(result);
  expect(text.match(/txn_1/g)).toHaveLength(20);
  expect(text).toContain('and 5 rows more: --json lists all.');
  expect(text).toMatch(/Something is left to do\.$/);
});

it('names paid orders that stand beside another one of their buyer', () => {
  const result = done();
  result.rows.noted = 3;
  result.rows.paidAgain.push('txn_MP-a', 'txn_MP-b');
  expect(isNothingLeft(result)).toBe(true);
  const text = formatResult(result);
  expect(text).toMatch(/paid, and noted for their buyer +│ 3 /);
  expect(text).toContain(
    '2 paid orders beside another one of the same buyer and tier: txn_MP-a, txn_MP-b.',
  );
});

it('names paid orders that gave no access, and what gives it', () => {
  const result = done();
  result.rows.granted = 4;
  result.rows.withoutAccess.push('txn_MP-c');
  expect(isNothingLeft(result)).toBe(true);
  const text = formatResult(result);
  expect(text).toMatch(/paid, and their access noted as a grant +│ 4 /);
  expect(text).toContain('1 paid order whose buyer has no such tier anywhere: txn_MP-c.');
  expect(isNothingLeft({ ...result, dryRun: true, rows: { ...result.rows, given: 0 } })).toBe(
    false,
  );
});

it('says which rows keep an index from being made', () => {
  const blockedBy = [{ attribute: 'token', rows: 2, examples: ['u***@example.com sk'] }];
  const text = formatResult({ ...done(), indexes: [{ ...index, state: 'blocked', blockedBy }] });
  expect(text).toContain('DayIndex is not made: 2 rows with a token that is no text');
  expect(text).toContain('@example.com sk, ...)');
});

it('shows what a terminal would obey as it is spelled', () => {
  const result = done();
  result.rows.unreadable.push({ transactionId: 'txn_\u001b[2J', reason: 'odd' });
  expect(formatResult(result)).toContain('txn_\\u001b[2J');
});

it.each<[string, Partial<BackfillResult>]>([
  ['an index is missing', { indexes: [{ ...index, state: 'missing' }] }],
  ['an index would do harm', { indexes: [{ ...index, state: 'blocked' }] }],
  ['an index is being made', { indexes: [{ ...index, state: 'being made' }] }],
  ['an index cannot be made', { indexes: [{ ...index, state: 'not possible here' }] }],
  ['a row cannot be read', { rows: { ...done().rows, unreadable: [row] } }],
  ['a row was refused', { rows: { ...done().rows, refused: [row] } }],
  ['it was broken off', { brokenOff: 'Interrupted.' }],
  ['it only looked', { dryRun: true }],
])('something is left where %s', (_why, changes) => {
  expect(isNothingLeft({ ...done(), ...changes })).toBe(false);
});
