import {
  countByStatus,
  type DaysReport,
  describeReport,
  grossOf,
  type Line,
} from '@cloudnestle/operations/reconcile/report-lines';
import { sumMoney } from '@cloudnestle/operations/refunds/paid-back';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatCsv } from '../output/format-csv.ts';
import { type Cell, formatTable } from '../output/format-table.ts';
import type { Format } from './options.ts';

/** A range of days: counts and amounts, and what is not as it should be; as CSV and as data every order. */
export function formatReport(report: DaysReport, format: Format): unknown {
  switch (format) {
    case 'json':
      return describeReport(report);
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
