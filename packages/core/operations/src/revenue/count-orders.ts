import type { PaidOnDay, RevenueItem } from '@cloudnestle/contracts/items/revenue';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { addMs } from '@cloudnestle/payments/clock';
import { istDay, istMidnight } from '@cloudnestle/payments/ist';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { refundedInPaisa } from '../attention/money-steps.ts';
import { readMoment } from '../row.ts';
import { emptyWaits, noteWait } from './waits.ts';

const DAY_MS = 86_400_000;
/** No gateway's page lives so long. A payment that is said to be later counts on the last of these days, so that no sum lacks it. */
export const LONGEST_LAG_DAYS = 92;

export interface OrderCounts extends Pick<RevenueItem, 'orders' | 'paidOn'> {}

/** Nothing counted yet. */
export function startCount(): OrderCounts {
  return {
    orders: {
      clicks: 0,
      pages: 0,
      paid: 0,
      open: 0,
      failed: 0,
      failedByReason: {},
      unreadable: 0,
    },
    paidOn: {},
  };
}

/** Counts a row of an order that began on `day`, as the report reads it. */
export function countOrder(
  counts: OrderCounts,
  item: Record<string, unknown>,
  { day, catalogue }: { day: string; catalogue: Catalogue },
): void {
  const { orders } = counts;
  orders.clicks += 1;
  const read = readOrder(item, catalogue);
  if (read.kind === 'unreadable') {
    orders.unreadable += 1;
    return;
  }
  const { row } = read.order;
  if (row.redirectUrl !== undefined) orders.pages += 1;
  switch (row.status) {
    case 'PENDING':
      orders.open += 1;
      return;
    case 'FAILED': {
      const reason = row.failureReason ?? 'UNKNOWN';
      orders.failed += 1;
      orders.failedByReason[reason] = (orders.failedByReason[reason] ?? 0) + 1;
      return;
    }
    case 'COMPLETED':
      orders.paid += 1;
      countPaid(counts, read.order, day);
  }
}

function countPaid({ paidOn }: OrderCounts, order: Order, day: string): void {
  const { row, plan, amountInPaisa, createdAt } = order;
  const attempts = row.completedAttempts ?? 1;
  const grossInPaisa = amountInPaisa * attempts;
  const completedAt = readMoment(row.completedAt);
  const paidDay = limitDay(istDay(completedAt ?? createdAt), day);
  const sum = paidOn[paidDay] ?? emptyPaidDay();
  paidOn[paidDay] = sum;
  sum.payments += attempts;
  sum.grossInPaisa += grossInPaisa;
  sum.owedInPaisa += owedInPaisa(order);
  for (const [parts, name] of [
    [sum.byPlan, plan.planId],
    [sum.byMode, row.payment_mode ?? 'UNKNOWN'],
  ] as const) {
    const part = parts[name] ?? { payments: 0, grossInPaisa: 0 };
    parts[name] = {
      payments: part.payments + attempts,
      grossInPaisa: part.grossInPaisa + grossInPaisa,
    };
  }
  const recordedAt = readMoment(row.recordedAt);
  if (completedAt && recordedAt) noteWait(sum.waits, recordedAt.getTime() - completedAt.getTime());
}

/** What the buyer paid beside the one payment that the order is for, and did not get back yet. */
function owedInPaisa({ row, amountInPaisa }: Order): number {
  const attempts = row.completedAttempts ?? 1;
  const owedAttempts = row.duplicateOf === undefined ? attempts - 1 : attempts;
  return Math.max(owedAttempts * amountInPaisa - refundedInPaisa(row), 0);
}

function limitDay(paid: string, began: string): string {
  const last = istDay(addMs(istMidnight(began), LONGEST_LAG_DAYS * DAY_MS));
  return paid > last ? last : paid;
}

export function emptyPaidDay(): PaidOnDay {
  return {
    payments: 0,
    grossInPaisa: 0,
    owedInPaisa: 0,
    byPlan: {},
    byMode: {},
    waits: emptyWaits(),
  };
}
