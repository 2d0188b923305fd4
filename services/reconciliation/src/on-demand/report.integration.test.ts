import { readFileSync } from 'node:fs';
import { reportResponseSchema } from '@cloudnestle/contracts/http/reconciliation-report';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { indexShardCount } from '@cloudnestle/topology/tables';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  gateway.sandbox.faults.clear();
  subject = createSubject(cloud, gateway);
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

/** A range of days of its own for each test. */
let year = 2000;
function newMonth() {
  year += 1;
  const prefix = `${year}-02`;
  return {
    startDate: `${prefix}-01`,
    endDate: `${prefix}-28`,
    at: (day: number, time = '10:00:00.000') =>
      `${prefix}-${String(day).padStart(2, '0')}T${time}Z`,
  };
}

async function askReport(request: Record<string, unknown>) {
  const { statusCode, body } = await subject.ask({ action: 'generate_report', ...request });
  expect(statusCode).toBe(200);
  return reportResponseSchema.parse(body).report;
}
const paid = (changes: Partial<TransactionItem> = {}): Partial<TransactionItem> => ({
  status: 'COMPLETED',
  phonepe_status: 'COMPLETED',
  payment_mode: 'UPI',
  settlement_status: 'ELIGIBLE',
  settlement_date: '2024-02-05',
  ...changes,
});
const notThere = { gateway: false };

it('tells what went back by the day it was paid back, gross and net, of orders of any day', async () => {
  const { at, ...range } = newMonth();
  await subject.addOrder(paid({ createdAt: at(2), completedAttempts: 2 }), notThere);
  await subject.addOrder({ createdAt: at(3) }, notThere);
  const putRefund = (refundId: string, completedAt: string, amountInPaisa: number) =>
    cloud.put('refunds', {
      ...{ refundId, amountInPaisa, completedAt, createdAt: completedAt, updatedAt: completedAt },
      transactionId: 'txn_MP-of-another-month-1-aaaaaa',
      merchantOrderId: 'MP-of-another-month-1-aaaaaa',
      ...{ state: 'COMPLETED', origin: 'OPERATOR', reason: 'OTHER', requestedBy: 'operator-1' },
      dayShard: dayShardKeys(istDay(new Date(completedAt)), indexShardCount)[0],
    });
  await putRefund('MR-1', at(4), 9900);
  // The next day in India.
  await putRefund('MR-2', at(4, '18:30:00.000'), 100);
  await putRefund('MR-3', at(5), 400);
  const { refunds_summary } = await askReport(range);
  expect(refunds_summary).toEqual({
    gross_amount: 59_800,
    refunded_amount: 10_400,
    net_amount: 49_400,
    by_date: [
      { date: at(4).slice(0, 10), refunds: 1, amount: 9900 },
      { date: at(5).slice(0, 10), refunds: 2, amount: 500 },
    ],
  });
  const part = await askReport({ ...range, filters: { tier: 'pro' } });
  expect(part.refunds_summary).toBeNull();
});

it('counts and adds up by status, payment mode and tier, and what is to come to the bank', async () => {
  const { at, ...range } = newMonth();
  await subject.addOrder(paid({ createdAt: at(2) }), notThere);
  await subject.addOrder(paid({ createdAt: at(3), payment_mode: 'CARD' }), notThere);
  await subject.addOrder(
    paid({ createdAt: at(3), refunds: { 'R-1': 9900 }, settlement_date: '2124-02-06' }),
    notThere,
  );
  await subject.addOrder({ createdAt: at(4) }, notThere);
  await subject.addOrder({ createdAt: at(5), status: 'FAILED' }, notThere);
  const { summary, settlement_summary } = await askReport(range);
  expect(summary).toEqual({
    total_transactions: 5,
    unreadable: 0,
    by_status: { pending: 1, completed: 3, failed: 1, refunded: 1 },
    by_solution: { 'aws-solution-finder': 5 },
    by_tier: { pro: 5 },
    by_payment_mode: { UPI: 2, CARD: 1 },
    by_country: { Unknown: 5 },
    amounts: {
      total_amount: 149_500,
      completed_amount: 89_700,
      failed_amount: 29_900,
      refunded_amount: 9900,
      pending_amount: 29_900,
      by_tier: { pro: 149_500 },
      by_payment_mode: { UPI: 59_800, CARD: 29_900 },
    },
  });
  expect(settlement_summary).toEqual({
    total_settlements: 3,
    settlement_amount: 79_800,
    pending_settlements: 1,
    pending_amount: 20_000,
    by_date: { '2024-02-05': 59_800, '2124-02-06': 20_000 },
  });
});

it('counts days as they are in India, and moments as they are', async () => {
  const { at, endDate } = newMonth();
  const early = await subject.addOrder(paid({ createdAt: at(9, '18:29:59.999') }), notThere);
  const late = await subject.addOrder(paid({ createdAt: at(9, '18:30:00.000') }), notThere);
  const idsOf = async (startDate: string, until: string) =>
    (await askReport({ startDate, endDate: until })).transactions.map(
      (each) => each.transaction_id,
    );
  const day10 = endDate.replace('-28', '-10');
  const day9 = endDate.replace('-28', '-09');
  expect(await idsOf(day10, day10)).toEqual([late.transactionId]);
  expect(await idsOf(day9, day9)).toEqual([early.transactionId]);
  // As the live page asks, in UTC.
  expect(await idsOf(`${day9}T00:00:00.000Z`, `${day9}T23:59:59.999Z`)).toEqual([
    late.transactionId,
    early.transactionId,
  ]);
});

it('leaves no order between a range that ends with a second and the one from the next second on', async () => {
  const file = new URL('../../fixtures/report-end-second.json', import.meta.url);
  const { row, request } = JSON.parse(readFileSync(file, 'utf8'));
  const last = await subject.addOrder(paid({ createdAt: row.createdAt }), notThere);
  const next = await subject.addOrder(paid({ createdAt: '2026-10-11T18:30:00.000Z' }), notThere);
  const idsOf = async (range: Record<string, unknown>) =>
    (await askReport({ ...request, ...range })).transactions.map((each) => each.transaction_id);
  expect(await idsOf({})).toEqual([last.transactionId]);
  const nextRange = { startDate: '2026-10-11T18:30:00Z', endDate: '2026-10-12T18:29:59Z' };
  expect(await idsOf(nextRange)).toEqual([next.transactionId]);
});

it('comes in pages, the latest first, each order once, and never scans the table', async () => {
  const { at, ...range } = newMonth();
  const ids: string[] = [];
  for (let index = 0; index < 25; index += 1) {
    const createdAt = at(1 + (index % 20), `0${index % 9}:00:00.000`);
    ids.push((await subject.addOrder(paid({ createdAt }), notThere)).transactionId);
  }
  cloud.cloud.calls.reset();
  const first = await askReport({ ...range, limit: 10 });
  const second = await askReport({ ...range, limit: 10, cursor: first.next_cursor });
  const third = await askReport({ ...range, limit: 10, cursor: second.next_cursor });
  const pages = [first, second, third].map(({ transactions }) => transactions);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(new Set(pages.flat().map((each) => each.transaction_id))).toEqual(new Set(ids));
  const times = pages.flat().map(({ created_at }) => created_at);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(first.summary?.total_transactions).toBe(25);
  expect([second.summary, third.summary]).toEqual([null, null]);
  expect(third.next_cursor).toBeUndefined();
  const operations = cloud.cloud.calls.list().map(({ operation }) => operation);
  expect(new Set(operations)).toEqual(new Set(['Query']));
});

it.each([
  ['status', { status: 'COMPLETED' }, 2],
  ['payment mode', { payment_mode: 'CARD' }, 1],
  ['tier', { tier: 'team' }, 0],
  ['solution', { solution: 'aws-solution-finder' }, 3],
  ['another solution', { solution: 'other' }, 0],
  ['country', { country: 'IN' }, 1],
])('keeps to what fits: by %s', async (_by, filters, count) => {
  const { at, ...range } = newMonth();
  await subject.addOrder(paid({ createdAt: at(2) }), notThere);
  await subject.addOrder(paid({ createdAt: at(2), payment_mode: 'CARD' }), notThere);
  const { transactionId } = await subject.addOrder({ createdAt: at(2) }, notThere);
  await cloud.put('transactions', { ...(await subject.row(transactionId)), country: 'IN' });
  const report = await askReport({ ...range, filters });
  expect(report.summary?.total_transactions).toBe(count);
  expect(report.transactions).toHaveLength(count);
});

describe('discrepancies', () => {
  it('are found by asking the gateway about every order that is not settled, and about no other', async () => {
    const { at, ...range } = newMonth();
    const lost = await subject.addOrder({ createdAt: at(2) }, { isPaid: true });
    await subject.addOrder({ createdAt: at(3) });
    await subject.addOrder(paid({ createdAt: at(4) }), { isPaid: true });
    const before = gateway.sandbox.calls.status;
    const { discrepancies, transactions } = await askReport(range);
    expect(gateway.sandbox.calls.status - before).toBe(2);
    expect(discrepancies).toEqual([
      {
        transaction_id: lost.transactionId,
        user_email: lost.userEmail,
        solution: 'aws-solution-finder',
        tier: 'pro',
        marketplace_status: 'PENDING',
        phonepe_status: 'COMPLETED',
        amount: 29_900,
        created_at: lost.createdAt,
        reason: 'NOT_RECORDED',
      },
    ]);
    expect(transactions.map((each) => [each.phonepe_status, each.verified])).toEqual([
      ['COMPLETED', false],
      ['PENDING', true],
      ['COMPLETED', true],
    ]);
  });

  it('are those on record too, of the whole range and not only of the page', async () => {
    const { at, ...range } = newMonth();
    await subject.addOrder(paid({ createdAt: at(20) }), { isPaid: true });
    const twice = await subject.addOrder(
      paid({ createdAt: at(3), duplicateOf: 'txn_x' }),
      notThere,
    );
    const review = await subject.addOrder({ createdAt: at(2), needsReview: 'odd' }, notThere);
    const { discrepancies } = await askReport({ ...range, limit: 1 });
    expect(discrepancies.map(({ transaction_id, reason }) => [transaction_id, reason])).toEqual([
      [twice.transactionId, 'CHARGED_TWICE'],
      [review.transactionId, 'IN_REVIEW'],
    ]);
  });

  it('that only the gateway could tell are missing while it does not answer, and the report comes all the same', async () => {
    const { at, ...range } = newMonth();
    await subject.addOrder({ createdAt: at(2) }, { isPaid: true });
    gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', count: null }]);
    const { discrepancies, transactions } = await askReport(range);
    expect(discrepancies).toEqual([]);
    expect(transactions).toMatchObject([{ phonepe_status: 'UNKNOWN', verified: false }]);
  });
});

it('counts a row that cannot be read, and goes on', async () => {
  const { at, ...range } = newMonth();
  const { transactionId } = await subject.addOrder({ createdAt: at(2) }, notThere);
  await cloud.put('transactions', { ...(await subject.row(transactionId)), amount: 'a lot' });
  await subject.addOrder({ createdAt: at(2) }, notThere);
  expect((await askReport(range)).summary).toMatchObject({ total_transactions: 1, unreadable: 1 });
});

it.each([
  [
    'a range that ends before it begins',
    { startDate: '2024-03-02', endDate: '2024-03-01' },
    'endDate',
  ],
  ['a range of a year', { startDate: '2024-01-01', endDate: '2024-12-31' }, 'endDate'],
  ['something that is no day', { startDate: 'yesterday', endDate: '2024-12-31' }, 'startDate'],
  [
    'a cursor that no page gave',
    { startDate: '2024-03-01', endDate: '2024-03-02', cursor: 'e30' },
    'cursor',
  ],
  ['a page of a million', { startDate: '2024-03-01', endDate: '2024-03-02', limit: 1e6 }, 'limit'],
])('refuses %s', async (_what, request, field) => {
  const answer = await subject.ask({ action: 'generate_report', ...request });
  expect(answer).toMatchObject({ statusCode: 400, body: { error: { fields: [{ field }] } } });
});

it('refuses a cursor of another range', async () => {
  const { at, ...range } = newMonth();
  await subject.addOrder(paid({ createdAt: at(2) }), notThere);
  await subject.addOrder(paid({ createdAt: at(3) }), notThere);
  const { next_cursor: cursor } = await askReport({ ...range, limit: 1 });
  const elsewhere = { startDate: '2024-03-01', endDate: '2024-03-02', cursor };
  const answer = await subject.ask({ action: 'generate_report', ...elsewhere });
  expect(answer).toMatchObject({
    statusCode: 400,
    body: { error: { fields: [{ field: 'cursor' }] } },
  });
});

it.each(['18:29:59Z', '23:59:59+05:30', '18:29:59.999Z'])(
  'finds an order of the day’s last second in that day, spelled …%s',
  async (time) => {
    const { startDate } = newMonth();
    const { transactionId } = await subject.addOrder(
      paid({ createdAt: `${startDate}T${time}` }),
      notThere,
    );
    const { transactions } = await askReport({ startDate, endDate: startDate });
    expect(transactions).toMatchObject([{ transaction_id: transactionId }]);
  },
);

it('counts what others call a country as one, whatever they call it', async () => {
  const { at, ...range } = newMonth();
  for (const country of ['constructor', '__proto__', 'constructor']) {
    const { transactionId } = await subject.addOrder(paid({ createdAt: at(2) }), notThere);
    await cloud.put('transactions', { ...(await subject.row(transactionId)), country });
  }
  const { body } = await subject.ask({ action: 'generate_report', ...range });
  const [counts = ''] = /"by_country":\{[^}]*\}/.exec(JSON.stringify(body)) ?? [];
  expect(counts).toContain('"constructor":2');
  expect(counts).toContain('"__proto__":1');
});

it('leaves nothing of what it shows in the log', async () => {
  const { at, ...range } = newMonth();
  await subject.addOrder(
    paid({ createdAt: at(2), vpa: 'buyer@upi', utr: '123456789012' }),
    notThere,
  );
  await askReport(range);
  expect(JSON.stringify(subject.platform.lines)).not.toMatch(/@|123456789012/);
});
