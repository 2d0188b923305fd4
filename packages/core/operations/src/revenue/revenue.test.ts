import type { RevenueItem } from '@cloudnestle/contracts/items/revenue';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { sampleInvoice } from '@cloudnestle/invoice-pdf/testing/sample-documents';
import { buildCatalogue, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { istDay, istMidnight } from '@cloudnestle/payments/ist';
import { readOrder } from '@cloudnestle/payments/order';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBooks, isFault } from '../invoices/check-books.ts';
import type { BookedNumber } from '../invoices/read-books.ts';
import { grossOf, toLine } from '../reconcile/report-lines.ts';
import { sumMoney } from '../refunds/paid-back.ts';
import { createMask } from '../words/mask.ts';
import { countOrder, startCount } from './count-orders.ts';
import { describeRevenue } from './describe-revenue.ts';
import { findDueDays } from './recount-days.ts';

const DAY_MS = 86_400_000;
const DAYS = 40;
const FIRST = istMidnight('2026-11-01').getTime();
const planIds = ['pro', 'enterprise-yearly'] as const;
const catalogue = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID, onSale: planIds });
const iso = (ms: number) => new Date(FIRST + ms).toISOString();
const dayOf = (moment: string) => istDay(new Date(moment));
const allDays = Array.from({ length: DAYS }, (_, day) => dayOf(iso(day * DAY_MS)));

interface Refund {
  transactionId: string;
  completedAt: string;
  amountInPaisa: number;
}

/** Orders as the books have them after any history, and all that went back. */
interface History {
  rows: TransactionItem[];
  refunds: Refund[];
}

function planOf(planId: string) {
  const plan = catalogue.plansOnSale.find((each) => each.planId === planId);
  if (!plan) throw new Error(`no plan ${planId}`);
  return plan;
}

const anyOrder = fc
  .record({
    createdMs: fc.integer({ min: 0, max: 20 * DAY_MS }),
    planId: fc.constantFrom(...planIds),
    status: fc.constantFrom('PENDING', 'FAILED', 'COMPLETED', 'COMPLETED', 'COMPLETED'),
    failureReason: fc.constantFrom('DECLINED', 'CANCELLED', 'EXPIRED'),
    paidAfterMs: fc.integer({ min: 0, max: 10 * DAY_MS }),
    recordedAfterMs: fc.option(fc.integer({ min: -500, max: 2 * DAY_MS }), { nil: undefined }),
    attempts: fc.constantFrom(undefined, undefined, undefined, 2, 3),
    isDuplicate: fc.boolean(),
    mode: fc.constantFrom('UPI', 'CARD', undefined),
    /** Shares of what is left, and days after the payment. */
    refunds: fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: 3,
    }),
  })
  .map((drawn): History => {
    const { planId, status, attempts } = drawn;
    const plan = planOf(planId);
    const createdAt = iso(drawn.createdMs);
    const shared = { createdAt, plan, tier: plan.tier, amount: plan.amountInPaisa };
    if (status === 'PENDING') return { rows: [sampleRow(shared)], refunds: [] };
    if (status === 'FAILED') {
      const { failureReason } = drawn;
      return { rows: [sampleRow({ ...shared, status, failureReason })], refunds: [] };
    }
    const paidMs = drawn.createdMs + drawn.paidAfterMs;
    const row = sampleRow({
      ...shared,
      status: 'COMPLETED',
      completedAt: iso(paidMs),
      ...(drawn.recordedAfterMs === undefined
        ? {}
        : { recordedAt: iso(paidMs + drawn.recordedAfterMs) }),
      ...(attempts === undefined ? {} : { completedAttempts: attempts }),
      ...(drawn.isDuplicate ? { duplicateOf: 'txn_MP-first-1-abcdef' } : {}),
      ...(drawn.mode === undefined ? {} : { payment_mode: drawn.mode }),
    });
    let left = row.amount * (attempts ?? 1);
    const refunds = drawn.refunds.map(([percent, days], at) => {
      const amountInPaisa = Math.ceil((left * percent) / 100);
      left -= amountInPaisa;
      return { id: `r${at}`, amountInPaisa, completedAt: iso(paidMs + days * DAY_MS) };
    });
    const kept = refunds.filter(({ amountInPaisa }) => amountInPaisa > 0);
    return {
      rows: [{ ...row, refunds: Object.fromEntries(kept.map((r) => [r.id, r.amountInPaisa])) }],
      refunds: kept.map((refund) => ({ ...refund, transactionId: row.transactionId })),
    };
  });

const anyHistory = fc.array(anyOrder, { maxLength: 25 }).map(
  (orders): History => ({
    rows: orders.flatMap(({ rows }) => rows),
    refunds: orders.flatMap(({ refunds }) => refunds),
  }),
);

/** What the recount keeps of every day. */
function countAll({ rows, refunds }: History): RevenueItem[] {
  return allDays.map((day) => {
    const counts = startCount();
    for (const row of rows.filter(({ createdAt }) => dayOf(createdAt) === day)) {
      countOrder(counts, row, { day, catalogue });
    }
    const back = refunds.filter(({ completedAt }) => dayOf(completedAt) === day);
    const countedAt = iso(DAYS * DAY_MS);
    const paidBack = { refunds: back.length, amountInPaisa: sumOf(back) };
    return { pk: 'revenue', sk: day, countedAt, ...counts, refunds: paidBack };
  });
}

const sumOf = (list: readonly { amountInPaisa: number }[]) =>
  list.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);

const anyRange = fc
  .tuple(fc.nat(DAYS - 1), fc.nat(DAYS - 1))
  .map(([one, other]) => allDays.slice(Math.min(one, other), Math.max(one, other) + 1));

/** The report of the same days, from the same rows. */
function report({ rows, refunds }: History, days: readonly string[]) {
  const lines = rows
    .filter(({ createdAt }) => days.includes(dayOf(createdAt)))
    .map((row) => {
      const read = readOrder(row, catalogue);
      if (read.kind !== 'order') throw new Error(read.reason);
      const { order } = read;
      return toLine(
        {
          transactionId: row.transactionId,
          outcome: {
            kind: 'unavailable',
            order,
            judgement: { kind: 'gatewayUnavailable', reason: 'not asked' },
            holdings: undefined,
            discrepancies: [],
            reason: 'not asked',
          },
        },
        createMask(false),
      );
    });
  const paidBack = refunds
    .filter(({ completedAt }) => days.includes(dayOf(completedAt)))
    .map(({ completedAt, amountInPaisa }) => ({
      day: dayOf(completedAt),
      refunds: 1,
      amountInPaisa,
    }));
  return sumMoney(grossOf(lines), paidBack);
}

/** The documents that an order has in the end, as the check of the books demands them. */
function book({ rows }: History): BookedNumber[] {
  return rows.flatMap((row, at): BookedNumber[] => {
    if (row.status !== 'COMPLETED' || row.duplicateOf !== undefined || !row.plan) return [];
    const document = {
      ...sampleInvoice({}, row.plan.planId),
      transactionId: row.transactionId,
      totalInPaisa: row.amount,
    };
    const refunded = Object.values(row.refunds ?? {}).reduce((sum, each) => sum + each, 0);
    const beside = ((row.completedAttempts ?? 1) - 1) * row.amount;
    return [
      {
        number: `INV26-${at}`,
        series: 'INV26',
        sequence: at,
        at: document.issuedAt,
        owner: row.transactionId,
        transactionId: row.transactionId,
        stored: { document, pdfSha256: 'x' },
        creditedInPaisa: Math.min(Math.max(refunded - beside, 0), row.amount),
      },
    ];
  });
}

describe('after any history', () => {
  it('a range has what the report of its days says, to the paisa', () => {
    fc.assert(
      fc.property(anyHistory, anyRange, (history, days) => {
        const { total } = describeRevenue(countAll(history), days);
        const { grossInPaisa, refundedInPaisa } = report(history, days);
        expect(total.clicksPaidInPaisa).toBe(grossInPaisa);
        expect(total.refundsInPaisa).toBe(refundedInPaisa);
        const paid = history.rows.filter(
          ({ completedAt }) => completedAt !== undefined && days.includes(dayOf(completedAt)),
        );
        const gross = paid.reduce((sum, r) => sum + r.amount * (r.completedAttempts ?? 1), 0);
        expect(total.grossInPaisa).toBe(gross);
        expect(total.netInPaisa).toBe(gross - refundedInPaisa);
      }),
    );
  });

  it('the net is what invoices less credit notes come to, and what is owed back', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const numbers = book(history);
        const rows = new Map(history.rows.map((row) => [row.transactionId, { ...row }]));
        const isInvoiced = new Set(numbers.map(({ transactionId }) => transactionId));
        const context = { sequences: new Map(), rows, isInvoiced, now: new Date(iso(60 * DAY_MS)) };
        const faults = checkBooks(numbers, context).filter(isFault);
        expect(faults.filter(({ kind }) => kind !== 'date runs back')).toEqual([]);
        const invoiced = numbers.reduce((sum, { stored, creditedInPaisa }) => {
          return sum + (stored?.document.totalInPaisa ?? 0) - creditedInPaisa;
        }, 0);
        const { total } = describeRevenue(countAll(history), allDays);
        expect(total.netInPaisa).toBe(invoiced + total.owedInPaisa);
      }),
    );
  });

  it('the days add up to their total, parts and waits included', () => {
    fc.assert(
      fc.property(anyHistory, anyRange, (history, range) => {
        const { days, total } = describeRevenue(countAll(history), range);
        for (const name of [
          'clicks',
          'clicksPaid',
          'payments',
          'netInPaisa',
          'owedInPaisa',
        ] as const) {
          expect(days.reduce((sum, day) => sum + day[name], 0)).toBe(total[name]);
        }
        for (const parts of [total.byPlan, total.byMode]) {
          expect(parts.reduce((sum, part) => sum + part.grossInPaisa, 0)).toBe(total.grossInPaisa);
        }
        expect(days.reduce((sum, { waits }) => sum + waits.count, 0)).toBe(total.waits.count);
        const { clicks, clicksPaid, clicksOpen, clicksFailed } = total;
        expect(clicksPaid + clicksOpen + clicksFailed).toBe(clicks);
      }),
    );
  });
});

it('says how long buyers waited, by buckets', () => {
  const wait = (seconds: number) =>
    sampleRow({
      createdAt: iso(0),
      status: 'COMPLETED',
      completedAt: iso(1000),
      recordedAt: iso(1000 + seconds * 1000),
    });
  const rows = [1, 2, 3, 40, 500].map(wait);
  const { total } = describeRevenue(countAll({ rows, refunds: [] }), allDays);
  expect(total.waits).toMatchObject({ count: 5, medianSeconds: 5, p95Seconds: 900 });
});

it('counts a row that cannot be read as a click and nothing else', () => {
  const counts = startCount();
  countOrder(counts, { status: 'COMPLETED', amount: 'a lot' }, { day: '2026-11-01', catalogue });
  expect(counts).toMatchObject({ orders: { clicks: 1, unreadable: 1, paid: 0 }, paidOn: {} });
});

it('counts today and yesterday again after minutes, older days ever more rarely, and no day that is fresh', () => {
  const now = new Date('2026-11-28T06:00:00.000Z');
  const countedBefore = (day: string, minutes: number) => {
    const countedAt = new Date(now.getTime() - minutes * 60_000).toISOString();
    return { ...countAll({ rows: [], refunds: [] })[0], sk: day, countedAt };
  };
  const all = findDueDays([], now);
  expect(all).toHaveLength(93);
  expect(all[0]).toBe('2026-11-28');
  const counted = (minutes: number) =>
    all.flatMap((day) => {
      const item = countedBefore(day, minutes);
      return item.pk === undefined ? [] : [{ ...item, pk: 'revenue' } as RevenueItem];
    });
  expect(findDueDays(counted(1), now)).toEqual([]);
  expect(findDueDays(counted(5), now)).toEqual(['2026-11-28', '2026-11-27']);
  expect(findDueDays(counted(61), now)).toHaveLength(8);
  expect(findDueDays(counted(1441), now)).toHaveLength(36);
  expect(findDueDays(counted(7 * 1440), now)).toHaveLength(93);
});
