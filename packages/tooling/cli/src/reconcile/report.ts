import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { isLeftToDo } from '@cloudnestle/operations/reconcile/by-hand';
import { describeReconciled } from '@cloudnestle/operations/reconcile/describe-reconciled';
import type { RangeEntry } from '@cloudnestle/operations/reconcile/reconcile-range';
import { type PaidBackDay, sumMoney } from '@cloudnestle/operations/refunds/paid-back';
import { type Mask, maskText } from '@cloudnestle/operations/words/mask';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatCsv } from '../output/format-csv.ts';
import { type Cell, formatTable } from '../output/format-table.ts';
import type { Format } from './options.ts';

export interface DaysReport {
  stage: string;
  from: string;
  to: string;
  repair: boolean;
  lines: readonly Line[];
  /** What went back on these days, of orders of any day. */
  paidBack: readonly PaidBackDay[];
}

/** A range of days: counts and amounts, and what is not as it should be; as CSV and as data every order. */
export function formatReport(report: DaysReport, format: Format): unknown {
  switch (format) {
    case 'json':
      return {
        ...report,
        totals: countByStatus(report.lines),
        money: sumMoney(grossOf(report.lines), report.paidBack),
      };
    case 'csv':
      return formatCsv(csvTitles, report.lines.map(toCells));
    case 'table':
      return formatForPeople(report);
  }
}

function formatForPeople(report: DaysReport): string {
  const { from, to, repair, lines, stage } = report;
  const heading = `${stage}, ${from} to ${to}`;
  const money = formatMoney(report);
  if (lines.length === 0) return [`${heading}: no orders.`, ...money].join('\n');
  const totals = countByStatus(lines).map(({ status, orders, amountInPaisa }) => [
    status,
    String(orders),
    formatRupees(amountInPaisa),
  ]);
  const table = [heading, formatTable(['our books', 'orders', 'amount'], totals), ...money].join(
    '\n',
  );
  const wrong = lines.filter(({ discrepancies, problem }) => discrepancies.length > 0 || problem);
  if (wrong.length === 0) return `${table}\nEverything agrees with the gateway.`;
  return [table, formatTable(titles, wrong.map(toWords)), countWords(wrong, repair)].join('\n');
}

/** By the day on which it was paid back; nothing where no money went back. */
function formatMoney({ lines, paidBack }: DaysReport): string[] {
  if (paidBack.length === 0) return [];
  const rows = paidBack.map(({ day, refunds, amountInPaisa }) => [
    day,
    String(refunds),
    formatRupees(amountInPaisa),
  ]);
  const { grossInPaisa, refundedInPaisa, netInPaisa } = sumMoney(grossOf(lines), paidBack);
  const net = `${netInPaisa < 0 ? '-' : ''}${formatRupees(Math.abs(netInPaisa))}`;
  return [
    formatTable(['paid back on', 'refunds', 'amount'], rows),
    `Gross ${formatRupees(grossInPaisa)}, paid back ${formatRupees(refundedInPaisa)}, net ${net}.`,
  ];
}

function grossOf(lines: readonly Line[]): number {
  const paid = lines.filter(({ status }) => status === 'COMPLETED');
  return paid.reduce((sum, { amountInPaisa, timesPaid }) => sum + amountInPaisa * timesPaid, 0);
}

const titles = ['order', 'our books', 'the gateway', 'not as it should be', 'done'];

function toWords(line: Line): Cell[] {
  const { transactionId, status, gatewayStatus, discrepancies, problem, published } = line;
  const needs =
    line.attention.length > 0 ? [`needs an operator: ${line.attention.join(', ')}`] : [];
  const done = [
    ...(published ? [`published ${published}`] : []),
    ...(line.ended.length > 0 ? [`ended ${line.ended.join(', ')}`] : []),
  ];
  const found = [problem || discrepancies.join(', '), ...needs];
  return [transactionId, status, gatewayStatus, found, done];
}

function countWords(wrong: readonly Line[], repair: boolean): string {
  const left = wrong.filter((line) => line.isLeftToDo).length;
  const ended = wrong.filter((line) => line.ended.length > 0).length;
  const found = `Not as it should be: ${wrong.length}. Repaired: ${wrong.length - left}. Left: ${left}.`;
  if (!repair) return `${found} Nothing was published; --repair does what can be done.`;
  return ended > 0
    ? `${found} Orders that need no person any more for something: ${ended}.`
    : found;
}

function countByStatus(lines: readonly Line[]) {
  return [...Map.groupBy(lines, ({ status }) => status)].map(([status, group]) => ({
    status,
    orders: group.length,
    amountInPaisa: group.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0),
  }));
}

const csvTitles = [
  'transaction_id',
  'created_at',
  'user_id',
  'tier',
  'amount_in_paisa',
  'status',
  'gateway_status',
  'payment_mode',
  'utr',
  'settlement_date',
  'discrepancies',
  'published',
  'attention',
  'attention_ended',
  'problem',
];

function toCells(line: Line): string[] {
  return [
    line.transactionId,
    line.createdAt,
    line.userId,
    line.tier,
    String(line.amountInPaisa),
    line.status,
    line.gatewayStatus,
    line.paymentMode,
    line.utr,
    line.settlementDate,
    line.discrepancies.join(' '),
    line.published,
    line.attention.join(' '),
    line.ended.join(' '),
    line.problem,
  ];
}

/** One order of a range, as every format prints it: ids, and the bank's reference as `mask` shows it. No email, no VPA. */
export interface Line {
  transactionId: string;
  createdAt: string;
  userId: string;
  amountInPaisa: number;
  /** How many attempts of it completed. */
  timesPaid: number;
  tier: string;
  /** Our books. */
  status: string;
  /** The gateway now; UNAVAILABLE where it could not be asked. */
  gatewayStatus: string;
  paymentMode: string;
  utr: string;
  settlementDate: string;
  discrepancies: Discrepancy[];
  /** The event that was put on the bus, if any. */
  published: string;
  /** What it needs an operator for. */
  attention: AttentionReason[];
  /** What it needed an operator for, and does not any more. */
  ended: AttentionReason[];
  /** Why the order could not be looked at. */
  problem: string;
  isLeftToDo: boolean;
}

export function toLine({ transactionId, outcome }: RangeEntry, mask: Mask): Line {
  const line = { transactionId, ...empty, isLeftToDo: isLeftToDo(outcome) };
  switch (outcome.kind) {
    case 'unknownOrder':
      return { ...line, problem: 'the row is gone' };
    case 'unreadableOrder':
    case 'failed':
      return { ...line, problem: maskText(outcome.reason) };
    case 'unavailable':
      return {
        ...line,
        ...factsOf(outcome, mask),
        gatewayStatus: 'UNAVAILABLE',
        problem: maskText(outcome.reason),
      };
    case 'reconciled': {
      const { gateway, published, marketplace } = describeReconciled(outcome);
      const { ended } = outcome;
      const { attention } = marketplace;
      return {
        ...line,
        ...factsOf(outcome, mask),
        gatewayStatus: gateway.status,
        published: published?.detailType ?? '',
        attention: attention.map(({ reason }) => reason).filter((each) => !ended.includes(each)),
        ended: [...outcome.ended],
      };
    }
  }
}

const empty = {
  createdAt: '',
  userId: '',
  amountInPaisa: 0,
  timesPaid: 0,
  tier: '',
  status: 'UNREADABLE',
  gatewayStatus: '',
  paymentMode: '',
  utr: '',
  settlementDate: '',
  discrepancies: [],
  published: '',
  attention: [],
  ended: [],
  problem: '',
};

type Known = Extract<RangeEntry['outcome'], { kind: 'reconciled' | 'unavailable' }>;

function factsOf({ order, discrepancies }: Known, mask: Mask) {
  const { row } = order;
  return {
    createdAt: row.createdAt,
    userId: row.userId,
    amountInPaisa: order.amountInPaisa,
    timesPaid: row.completedAttempts ?? 1,
    tier: order.plan.tier,
    status: row.status,
    paymentMode: row.payment_mode ?? '',
    utr: mask.reference(row.utr) ?? '',
    settlementDate: row.settlement_date ?? '',
    discrepancies,
  };
}
