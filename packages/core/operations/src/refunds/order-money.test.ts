import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { reserveOnOrder } from './order-money.ts';

it('sets aside nothing for a refund that went back already, also where a claimant of before wakes up late', async () => {
  const completedAt = '2025-11-23T10:00:00.000Z';
  const row = sampleRow({ status: 'COMPLETED', completedAt, refunds: { 'MR-done': 100_00 } });
  const written: ItemChange[] = [];
  const reserve = (refundId: string) =>
    reserveOnOrder(
      {
        mergeTransaction: async (_id, merge) => {
          const change = merge({ ...row });
          if (change) written.push(change);
          return { kind: change ? 'updated' : 'unchanged', item: { ...row } };
        },
      },
      row.transactionId,
      { refundId, reason: 'BUYER_REQUEST', amountInPaisa: 100_00 },
      {
        gateway: { refundLimits: { windowDays: 180, minimumInPaisa: 100, isOneAtATime: true } },
        now: new Date(completedAt),
      },
    );
  expect(await reserve('MR-done')).toEqual({
    kind: 'reserved',
    amountInPaisa: 100_00,
    isNew: false,
  });
  expect(written).toEqual([]);
  expect(await reserve('MR-other')).toMatchObject({ kind: 'reserved', isNew: true });
  expect(written).toHaveLength(1);
});
