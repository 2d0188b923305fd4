import type {
  RefundsSummary,
  ReportRequest,
  ReportResponse,
} from '@cloudnestle/contracts/http/reconciliation-report';
import {
  type DayPosition,
  type DayRange,
  type ListOrders,
  readCursor,
  readRange,
  writeCursor,
} from '@cloudnestle/operations/orders-by-day';
import { type PaceOptions, paceGateways } from '@cloudnestle/operations/pace-gateways';
import { type ListPaidBack, sumMoney } from '@cloudnestle/operations/refunds/paid-back';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { addMs, type Clock } from '@cloudnestle/payments/clock';
import type { Gateways } from '@cloudnestle/payments/gateway';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { readOrder } from '@cloudnestle/payments/order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { describeDiscrepancies, describeRow, fitsFilters, type ReportRow } from './describe-row.ts';
import { createSummary } from './summarise.ts';

/** Reading the range may take so long; API Gateway waits 30 s, and the page is still to be verified. */
const READ_WITHIN_MS = 17_000;
/** The page shows how many there are and lists the first few. */
const MOST_DISCREPANCIES = 500;

export interface ReportDependencies extends VerifyDependencies {
  catalogue: Catalogue;
  listOrders: ListOrders;
  listPaidBack: ListPaidBack;
}

type Discrepancies = ReportResponse['report']['discrepancies'];

/**
 * One page of the report, the latest orders first. The first page carries counts, amounts and discrepancies of the whole
 * range; a later one only goes on with the transactions. Throws a 400 for a range or cursor that makes no sense, a 422
 * for a range that cannot be read in time.
 */
export async function buildReport(
  deps: ReportDependencies,
  request: ReportRequest,
): Promise<ReportResponse['report']> {
  const isFirst = request.cursor === undefined;
  const range = readRange(request);
  const after = request.cursor === undefined ? undefined : readCursor(request.cursor, range);
  const isWhole = isFirst && Object.keys(request.filters).length === 0;
  const totals = createSummary(deps.now());
  const page: ReportRow[] = [];
  const elsewhere: Discrepancies = [];
  let hasMore = false;
  for await (const row of readRows(
    deps,
    { range, after, filters: request.filters },
    totals.addUnreadable,
  )) {
    if (page.length < request.limit) page.push(row);
    else hasMore = true;
    if (!isFirst && hasMore) break;
    totals.add(row);
    if (hasMore && elsewhere.length < MOST_DISCREPANCIES) {
      elsewhere.push(...describeDiscrepancies(row, undefined));
    }
  }
  const judgements = await verifyRows(deps, page);
  const judgementOf = ({ order }: ReportRow) => judgements.get(order.row.transactionId);
  const onPage = page.flatMap((row) => describeDiscrepancies(row, judgementOf(row)));
  const last = page.at(-1);
  return {
    summary: isFirst ? totals.summary : null,
    settlement_summary: isFirst ? totals.settlements : null,
    refunds_summary: isWhole ? await summariseRefunds(deps, range, totals.grossInPaisa()) : null,
    discrepancies: [...onPage, ...elsewhere].slice(0, MOST_DISCREPANCIES),
    transactions: page.map((row) => describeRow(row, judgementOf(row))),
    ...(hasMore && last ? { next_cursor: writeCursor(positionOf(last)) } : {}),
  };
}

async function summariseRefunds(
  { listPaidBack }: ReportDependencies,
  range: DayRange,
  grossInPaisa: number,
): Promise<RefundsSummary> {
  const days = await listPaidBack(range);
  const sums = sumMoney(grossInPaisa, days);
  return {
    gross_amount: sums.grossInPaisa,
    refunded_amount: sums.refundedInPaisa,
    net_amount: sums.netInPaisa,
    by_date: days.map(({ day, refunds, amountInPaisa }) => ({
      date: day,
      refunds,
      amount: amountInPaisa,
    })),
  };
}

async function* readRows(
  deps: ReportDependencies,
  want: { range: DayRange; after: DayPosition | undefined; filters: ReportRequest['filters'] },
  onUnreadable: () => void,
): AsyncGenerator<ReportRow> {
  const readBy = addMs(deps.now(), READ_WITHIN_MS);
  for await (const items of deps.listOrders(want.range, want.after)) {
    if (deps.now() > readBy) {
      throw new HttpError(
        422,
        'INVALID_REQUEST',
        'The range holds too many orders: choose fewer days.',
      );
    }
    for (const item of items) {
      const read = readOrder(item, deps.catalogue);
      if (read.kind === 'unreadable') onUnreadable();
      else if (fitsFilters({ item, order: read.order }, want.filters)) {
        yield { item, order: read.order };
      }
    }
  }
}

function positionOf({ item, order }: ReportRow): DayPosition {
  const { transactionId, createdAt } = order.row;
  return { dayShard: String(item.dayShard), createdAt, transactionId };
}

/** What one page may take to ask the gateway; an order not asked about by then is shown as recorded. */
const VERIFY_WITHIN_MS = 8000;
const QUESTION_TIMEOUT_MS = 3000;

interface VerifyDependencies extends Omit<PaceOptions, 'signal'> {
  gateways: Gateways;
  now: Clock;
}

/**
 * Asks the gateway about the orders of one page whose payment is not settled on both sides: those are the ones about which
 * it may know more. Answers by transaction id; publishes and writes nothing.
 */
async function verifyRows(
  deps: VerifyDependencies,
  rows: readonly ReportRow[],
): Promise<Map<string, Judgement>> {
  const over = new AbortController();
  const { gateways } = paceGateways(deps.gateways, { ...deps, signal: over.signal });
  const judgements = new Map<string, Judgement>();
  const trigger = { producer: 'reconciliation', causationId: 'report', gatewayEvent: 'manual' };
  const work = rows.filter(isOpenQuestion).map(async ({ order }) => {
    const options = { timeoutMs: QUESTION_TIMEOUT_MS, expireUnknown: true };
    const judgement = await judgeOrder({ ...deps, gateways }, order, trigger, options);
    if (!over.signal.aborted) judgements.set(order.row.transactionId, judgement);
  });
  await withTimeout(Promise.all(work), timeLimitMs(VERIFY_WITHIN_MS), () => undefined);
  over.abort();
  return judgements;
}

function isOpenQuestion({ order: { row } }: ReportRow): boolean {
  return row.status !== 'COMPLETED' || row.phonepe_status !== 'COMPLETED';
}
