import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { expect, it } from 'vitest';
import { adoptRefund } from './adopt-refund.ts';

const now = new Date('2025-11-24T09:00:00.000Z');
const status = { state: 'PENDING', gatewayState: 'PENDING', amountInPaisa: 29_900 } as const;

/** What adopting a refund does to its order's row, one write after the other; `earlier` is how another delivery left the refund. */
async function writesOf(earlier?: RefundItem['state']) {
  const row: Record<string, unknown> = { transactionId: 'txn_MP-1', refundHolds: {} };
  const holds: unknown[] = [];
  const refund = await adoptRefund(
    {
      now: () => now,
      refunds: {
        create: async (item) => (earlier === undefined ? item : { ...item, state: earlier }),
      },
      mergeTransaction: async (_id, merge) => {
        const change = merge(row);
        if (!change) return { kind: 'unchanged', item: row };
        const isFreed = (change.remove ?? []).includes('refundHolds.R-1');
        row.refundHolds = isFreed ? {} : { 'R-1': change.set['refundHolds.R-1'] };
        holds.push(row.refundHolds);
        return { kind: 'updated', item: row };
      },
    },
    'txn_MP-1',
    'R-1',
    status,
  );
  return { refund, holds };
}

it('sets aside what the gateway is paying back, before it has a row', async () => {
  const { refund, holds } = await writesOf();
  expect(refund).toMatchObject({ state: 'PENDING', origin: 'GATEWAY', amountInPaisa: 29_900 });
  expect(holds).toEqual([{ 'R-1': 29_900 }]);
});

it('leaves nothing set aside for a refund that another delivery has seen fail meanwhile', async () => {
  const { refund, holds } = await writesOf('FAILED');
  expect(refund.state).toBe('FAILED');
  expect(holds).toEqual([{ 'R-1': 29_900 }, {}]);
});
