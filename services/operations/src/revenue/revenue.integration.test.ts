import { analyticsResponseSchema } from '@cloudnestle/contracts/admin/analytics';
import { createRevenueDays } from '@cloudnestle/operations/revenue/revenue-days';
import { dayShardOf } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildContext, invokeSchedule } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { operateTest as it } from '../testing/subject.ts';
import { buildHandler } from './composition.ts';

const HOUR_MS = 3_600_000;
const now = new Date('2026-11-28T10:00:00.000Z');
const today = istDay(now);
const at = (hours: number) => new Date(now.getTime() + hours * HOUR_MS).toISOString();

/** One run of the schedule at that moment, with so much time. */
async function count(cloud: TestCloud, { moment = now, timeoutMs = 290_000 } = {}) {
  const platform = createFakePlatform({ now: moment });
  const handler = buildHandler(testEnvironment(cloud, 'revenue'), platform);
  await invokeSchedule(handler, buildContext({ timeoutMs }));
  return platform.summaries().at(-1);
}

/** An order that began so many hours ago, and was paid an hour later. */
async function addPaid(cloud: TestCloud, hours: number) {
  const createdAt = at(-hours);
  const row = sampleRow({ createdAt });
  const paid = {
    ...row,
    dayShard: dayShardOf(row.transactionId, new Date(createdAt), 1),
    status: 'COMPLETED',
    completedAt: at(1 - hours),
    recordedAt: at(1 - hours),
    payment_mode: 'UPI',
  };
  await cloud.put('transactions', paid);
  return paid;
}

it('counts a payment on the day it was made, a refund on its own day, once however often it counts', async ({
  cloud,
  subject,
}) => {
  const late = await addPaid(cloud, 16);
  await addPaid(cloud, 2);
  const refundId = 'refund-1';
  await cloud.put('refunds', {
    refundId,
    transactionId: late.transactionId,
    merchantOrderId: late.merchantOrderId,
    state: 'COMPLETED',
    origin: 'OPERATOR',
    reason: 'BUYER_REQUEST',
    requestedBy: 'anna',
    amountInPaisa: 10_000,
    createdAt: at(-1),
    updatedAt: at(-1),
    completedAt: at(-1),
    dayShard: dayShardOf(refundId, new Date(at(-1)), 1),
  });
  expect(await count(cloud)).toMatchObject({ unit: 'revenue', outcome: 'done', due: 93 });
  expect(await count(cloud, { moment: new Date(at(0.1)) })).toMatchObject({ due: 2, settled: 2 });

  const query = { from: istDay(new Date(at(-24))), to: today };
  const { body, headers } = await subject.call('analytics', { query });
  const { days, total, uncounted } = analyticsResponseSchema.parse(body);
  expect(uncounted).toEqual([]);
  const brief = days.map(({ day, clicks, payments, grossInPaisa, refundsInPaisa }) => {
    return { day, clicks, payments, grossInPaisa, refundsInPaisa };
  });
  // 16 hours before 15:30 in India is yesterday, and so late that the payment was made today.
  expect(brief).toEqual([
    { day: '2026-11-27', clicks: 1, payments: 0, grossInPaisa: 0, refundsInPaisa: 0 },
    { day: today, clicks: 1, payments: 2, grossInPaisa: 59_800, refundsInPaisa: 10_000 },
  ]);
  expect(total).toMatchObject({ netInPaisa: 49_800, byMode: [{ name: 'UPI', payments: 2 }] });
  expect(headers).toMatchObject({ etag: expect.any(String) });
});

it('leaves what it has no time for to the next run, and says which days were never counted', async ({
  cloud,
  subject,
}) => {
  const moment = new Date('2027-06-28T10:00:00.000Z');
  const cut = await count(cloud, { moment, timeoutMs: 10 });
  expect(cut).toMatchObject({ outcome: 'deadline', due: 93, settled: 0 });
  const query = { from: '2027-06-28', to: '2027-06-28' };
  const { body } = await subject.call('analytics', { query });
  expect(body).toMatchObject({ uncounted: ['2027-06-28'], total: { clicks: 0 } });
});

it('keeps the count that began later, whichever is written last', async ({ cloud }) => {
  const days = createRevenueDays(createDynamoClient(), cloud.topology.tables.operations.name);
  const range = { from: today, to: today };
  const [item] = await days.list(range);
  if (!item) throw new Error('the day was not counted');
  const older = { ...item, countedAt: at(-5), refunds: { refunds: 9, amountInPaisa: 9 } };
  expect(await days.keep(older)).toBe(false);
  expect(await days.list(range)).toEqual([item]);
});

it('refuses a range that ends before it begins, and one of more than 92 days', async ({
  subject,
}) => {
  for (const query of [
    { from: '2026-11-28', to: '2026-11-27' },
    { from: '2026-01-01', to: '2026-11-27' },
  ]) {
    expect((await subject.call('analytics', { query })).statusCode).toBe(400);
  }
});
