import type {
  AnalyticsResponse,
  RevenueNumbers,
  RevenuePart,
} from '@cloudnestle/contracts/admin/analytics';
import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import type { PaidOnDay, RevenueItem } from '@cloudnestle/contracts/items/revenue';
import { emptyPaidDay, startCount } from './count-orders.ts';
import { addWaits, describeWaits } from './waits.ts';

/**
 * The numbers of the days `from` to `to`, both included, and their sum. `items` are the counted days of the range and of the
 * time before it in which orders may have begun that were paid in it.
 */
export function describeRevenue(
  items: readonly RevenueItem[],
  days: readonly string[],
): Omit<AnalyticsResponse, 'success'> {
  const counted = new Map(items.map((item) => [item.sk, item]));
  const sums = days.map((day) => sumDay(day, counted.get(day), items));
  const moments = days.flatMap((day) => counted.get(day)?.countedAt ?? []).toSorted();
  return {
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    ...(moments[0] === undefined ? {} : { asOf: moments[0] }),
    uncounted: days.filter((day) => !counted.has(day)),
    days: sums.map((sum, at) => {
      const day = days[at] ?? '';
      const asOf = counted.get(day)?.countedAt;
      return { day, ...(asOf === undefined ? {} : { asOf }), ...toNumbers(sum) };
    }),
    total: toNumbers(sums.reduce(addSums, startSum())),
  };
}

interface Sum {
  orders: RevenueItem['orders'];
  /** What the orders of these days brought, whenever. */
  clicksPaidInPaisa: number;
  /** What was paid on these days. */
  paid: PaidOnDay;
  refunds: RevenueItem['refunds'];
}

function startSum(): Sum {
  return {
    orders: startCount().orders,
    clicksPaidInPaisa: 0,
    paid: emptyPaidDay(),
    refunds: { refunds: 0, amountInPaisa: 0 },
  };
}

function sumDay(day: string, item: RevenueItem | undefined, items: readonly RevenueItem[]): Sum {
  const sum = startSum();
  for (const { paidOn } of items) {
    const paid = paidOn[day];
    if (paid) addPaid(sum.paid, paid);
  }
  if (!item) return sum;
  const ofDay = Object.values(item.paidOn);
  return {
    ...sum,
    orders: item.orders,
    clicksPaidInPaisa: ofDay.reduce((all, { grossInPaisa }) => all + grossInPaisa, 0),
    refunds: item.refunds,
  };
}

function addSums(sum: Sum, more: Sum): Sum {
  const { orders, refunds } = sum;
  addPaid(sum.paid, more.paid);
  const { failedByReason: reasons, ...counts } = more.orders;
  for (const [reason, count] of Object.entries(reasons)) {
    orders.failedByReason[reason] = (orders.failedByReason[reason] ?? 0) + count;
  }
  for (const name of ['clicks', 'pages', 'paid', 'open', 'failed', 'unreadable'] as const) {
    orders[name] += counts[name];
  }
  refunds.refunds += more.refunds.refunds;
  refunds.amountInPaisa += more.refunds.amountInPaisa;
  return { ...sum, clicksPaidInPaisa: sum.clicksPaidInPaisa + more.clicksPaidInPaisa };
}

function addPaid(sum: PaidOnDay, more: PaidOnDay): void {
  sum.payments += more.payments;
  sum.grossInPaisa += more.grossInPaisa;
  sum.owedInPaisa += more.owedInPaisa;
  addWaits(sum.waits, more.waits);
  for (const name of ['byPlan', 'byMode'] as const) {
    for (const [key, { payments, grossInPaisa }] of Object.entries(more[name])) {
      const part = sum[name][key] ?? { payments: 0, grossInPaisa: 0 };
      sum[name][key] = {
        payments: part.payments + payments,
        grossInPaisa: part.grossInPaisa + grossInPaisa,
      };
    }
  }
}

function toNumbers({ orders, clicksPaidInPaisa, paid, refunds }: Sum): RevenueNumbers {
  return {
    clicks: orders.clicks,
    pages: orders.pages,
    clicksPaid: orders.paid,
    clicksOpen: orders.open,
    clicksFailed: orders.failed,
    failedByReason: Object.fromEntries(
      failureReasonSchema.options.flatMap((reason) => {
        const count = orders.failedByReason[reason];
        return count === undefined ? [] : [[reason, count]];
      }),
    ),
    clicksPaidInPaisa,
    payments: paid.payments,
    grossInPaisa: paid.grossInPaisa,
    refunds: refunds.refunds,
    refundsInPaisa: refunds.amountInPaisa,
    netInPaisa: paid.grossInPaisa - refunds.amountInPaisa,
    owedInPaisa: paid.owedInPaisa,
    byPlan: listParts(paid.byPlan),
    byMode: listParts(paid.byMode),
    waits: describeWaits(paid.waits),
  };
}

function listParts(parts: PaidOnDay['byPlan']): RevenuePart[] {
  return Object.entries(parts)
    .map(([name, part]) => ({ name, ...part }))
    .toSorted((a, b) => b.grossInPaisa - a.grossInPaisa || a.name.localeCompare(b.name));
}
