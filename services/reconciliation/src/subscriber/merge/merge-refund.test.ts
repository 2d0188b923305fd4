import { applyChange } from '@cloudnestle/test-kit/apply-change';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { mergeRefund } from './merge-refund.ts';

const now = new Date('2025-11-24T00:00:00.000Z');
const paid = { ...sampleRow(), status: 'COMPLETED', completedAt: '2025-11-23T10:00:00.000Z' };
const entryOf = (id: string) => ({
  eventId: `evt_${id}`,
  what: 'refund: COMPLETED',
  at: '2025-11-23T11:00:00.000Z',
});

function refund(row: Record<string, unknown>, merchantRefundId: string, amountInPaisa: number) {
  const confirmed = { merchantRefundId, amountInPaisa };
  const event = { entry: entryOf(merchantRefundId), confirmed };
  return applyChange(row, mergeRefund(row, event, { now }));
}

it('makes the map of refunds whole with the first one, then writes beside what is there', () => {
  const event = (id: string) => ({
    entry: entryOf(id),
    confirmed: { merchantRefundId: id, amountInPaisa: 100 },
  });
  const first = mergeRefund(paid, event('R-1'), { now });
  expect(first?.set).toMatchObject({ refunds: { 'R-1': 100 } });
  expect(first?.basedOn).toContain('refunds');
  const second = mergeRefund(applyChange(paid, first), event('R-2'), { now });
  expect(second?.set).toMatchObject({ 'refunds.R-2': 100 });
  expect(second?.basedOn).toEqual(expect.arrayContaining(['refunds', 'refunds.R-2']));
});

it('writes nothing where refund and event are there already', () => {
  const kept = refund(paid, 'R-1', 29_900);
  const event = {
    entry: entryOf('R-1'),
    confirmed: { merchantRefundId: 'R-1', amountInPaisa: 29_900 },
  };
  expect(mergeRefund(kept, event, { now: new Date() })).toBeUndefined();
});

it.each([
  ['less', 29_899, false],
  ['exactly', 29_900, true],
  ['more', 30_000, true],
])('takes access back with %s than the amount as the amount decides', (_how, amount, isTaken) => {
  const row = refund(paid, 'R-1', amount);
  expect(row.accessRevokedAt).toBe(isTaken ? now.toISOString() : undefined);
});

it('takes access back at the next delivery if two refunds that add up were written side by side', () => {
  const row = { ...paid, refunds: { 'R-1': 10_000, 'R-2': 19_900 } };
  expect(refund(row, 'R-1', 10_000)).toMatchObject({ accessRevokedAt: now.toISOString() });
});

it('keeps the time at which access was taken back first', () => {
  const row = refund({ ...paid, accessRevokedAt: '2025-11-23T12:00:00.000Z' }, 'R-1', 29_900);
  expect(row.accessRevokedAt).toBe('2025-11-23T12:00:00.000Z');
});

it('takes the mark of a duplicate off with the access: nothing is owed back any more', () => {
  const mark = { duplicateOf: 'txn_a', duplicateOfCompletedAt: '2025-11-23T09:00:00.000Z' };
  expect(refund({ ...paid, ...mark }, 'R-1', 10_000)).toMatchObject(mark);
  const row = refund({ ...paid, ...mark }, 'R-1', 29_900);
  expect(row).not.toHaveProperty('duplicateOf');
  expect(row).not.toHaveProperty('duplicateOfCompletedAt');
});

it.each([[undefined], [0], ['29900']])(
  'leaves access to a person where the row’s amount is %j',
  (amount) => {
    const row = refund({ ...paid, amount }, 'R-1', 29_900);
    expect(row).toMatchObject({ refunds: { 'R-1': 29_900 } });
    expect(row).not.toHaveProperty('accessRevokedAt');
  },
);

it('keeps refunds apart whose ids differ in a dot only', () => {
  const one = refund({ ...paid, refunds: {} }, 'R.1_x', 100);
  expect(refund(one, 'R_1.x', 200).refunds).toEqual({ 'R.1_x': 100, 'R_1.x': 200 });
});

it('counts a refund as new whose id is also the name of something every object has', () => {
  const row = refund({ ...paid, refunds: {} }, 'constructor', 29_900);
  expect(Object.entries(Object(row.refunds))).toEqual([['constructor', 29_900]]);
});
