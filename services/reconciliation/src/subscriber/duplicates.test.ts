import { readAttention } from '@cloudnestle/payments/attention/attention';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { expect, it } from 'vitest';
import { mergeDuplicate } from './duplicates.ts';

const now = new Date('2025-11-24T00:00:00.000Z');
const context = { now, revoked: new Set<string>() };
const row = {
  transactionId: 'txn_m',
  status: 'COMPLETED',
  completedAt: '2025-11-23T10:00:00.000Z',
};
const first = { transactionId: 'txn_a', completedAt: '2025-11-23T09:00:00.000Z' };
const mark = { duplicateOf: first.transactionId, duplicateOfCompletedAt: first.completedAt };

it('marks an order that was paid after another, as long as it is the later one', () => {
  const change = mergeDuplicate(row, first, context);
  expect(change?.set).toMatchObject({ ...mark, updatedAt: now.toISOString() });
  expect(change?.basedOn).toEqual(
    expect.arrayContaining([
      'duplicateOf',
      'duplicateOfCompletedAt',
      'completedAt',
      'accessRevokedAt',
    ]),
  );
});

const marked = applyChange(row, mergeDuplicate(row, first, context));

it('writes nothing where the mark is there already', () => {
  expect(mergeDuplicate(marked, first, context)).toBeUndefined();
});

it('needs a person by the same write, also where an earlier version has only marked it', () => {
  const charged = [
    {
      reason: 'CHARGED_TWICE',
      since: row.completedAt,
      detail: 'the buyer had paid with txn_a',
    },
  ];
  expect(readAttention(marked)).toEqual(charged);
  const old = { ...row, ...mark };
  expect(readAttention(applyChange(old, mergeDuplicate(old, first, context)))).toEqual(charged);
});

it.each([
  ['an earlier payment', { transactionId: 'txn_z', completedAt: '2025-11-23T08:59:59.999Z' }],
  ['one of the same moment with a smaller id', { ...first, transactionId: 'txn_0' }],
])('moves the mark to %s', (_which, better) => {
  expect(mergeDuplicate(marked, better, context)?.set).toMatchObject({
    duplicateOf: better.transactionId,
  });
});

it.each([
  ['a later payment', { transactionId: 'txn_0', completedAt: '2025-11-23T09:00:00.001Z' }],
  ['one of the same moment with a greater id', { ...first, transactionId: 'txn_b' }],
])('does not move the mark to %s', (_which, worse) => {
  expect(mergeDuplicate(marked, worse, context)).toBeUndefined();
});

it.each([
  ['it was paid first', { ...row, completedAt: '2025-11-23T08:00:00.000Z' }],
  ['it is the first one itself', { ...row, ...first }],
  ['nobody knows when it was paid', { ...row, completedAt: undefined }],
])('never marks an order if %s', (_why, other) => {
  expect(mergeDuplicate(other, first, context)).toBeUndefined();
});

it.each([
  ['its access was taken back', { ...row, accessRevokedAt: '2025-11-23T12:00:00.000Z' }],
  ['it is the first one, whatever the list said of its time', { ...row, transactionId: 'txn_a' }],
])('never marks an order if %s either', (_why, other) => {
  expect(mergeDuplicate(other, first, context)).toBeUndefined();
});

const outdated = { now, revoked: new Set([first.transactionId]) };

it('takes a mark away that names an order whose access was taken back', () => {
  const after = applyChange(marked, mergeDuplicate(marked, { ...row }, outdated));
  expect(after).not.toHaveProperty('duplicateOf');
  expect(after).not.toHaveProperty('duplicateOfCompletedAt');
  expect(readAttention(after)).toEqual([]);
});

it('moves such a mark to the order that is first now, though that one is later', () => {
  const next = { transactionId: 'txn_g', completedAt: '2025-11-23T09:30:00.000Z' };
  expect(mergeDuplicate(marked, next, outdated)?.set).toMatchObject({
    duplicateOf: 'txn_g',
    duplicateOfCompletedAt: next.completedAt,
  });
});
