import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import { indexShardCount } from '@cloudnestle/topology/tables';
import { expect } from 'vitest';
import { createSubject } from '../testing/subject.ts';

const HOUR = 3600;
const at = '2025-11-20T10:00:00.000Z';

const it = gatewayTest.extend('subject', ({ cloud, gateway }) =>
  createSubject(cloud, gateway, {
    REFUND_DUPLICATES: JSON.stringify({ enabled: true, holdHours: 72, maxPerDay: 2 }),
  }),
);

it('the machine stays within its ceiling of a day, also between two runs at once, and goes on the next day', async ({
  cloud,
  gateway,
  subject,
}) => {
  gateway.sandbox.refundRules.set({ delayMs: null, webhook: 'lose' });
  const attention = { reason: 'CHARGED_TWICE', at, id: 'fact' } as const;
  const orders = await Promise.all(
    [1, 2, 3].map(() => subject.addOrder({ completedAttempts: 2 }, { attention })),
  );
  // One of the two was paid back earlier today: 24 November in India.
  const [first] = orders;
  await cloud.put('refunds', {
    refundId: 'MR-earlier-today',
    transactionId: String(first?.row.transactionId).replace('txn_MP-', 'txn_MP-other-'),
    merchantOrderId: 'MP-other',
    state: 'COMPLETED',
    origin: 'MACHINE',
    reason: 'DUPLICATE',
    requestedBy: 'refund-sweep',
    amountInPaisa: 29_900,
    ...{ createdAt: at, updatedAt: at, completedAt: '2025-11-24T08:00:00.000Z' },
    dayShard: dayShardKeys('2025-11-24', indexShardCount)[0],
  });
  const asked = async () => {
    const lists = await Promise.all(orders.map(({ row }) => subject.refundsOf(row.transactionId)));
    return lists.flat().length;
  };
  await Promise.all([subject.sweepAt(0), subject.sweepAt(0)]);
  await subject.sweepAt(60);
  expect(await asked()).toBe(1);
  // What is still under way takes its place of the next day too.
  await subject.sweepAt(24 * HOUR);
  await subject.sweepAt(24 * HOUR + 60);
  expect(await asked()).toBe(2);
});
