import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';
import type { PaidOrders } from '@cloudnestle/operations/paid-orders';
import { isMap, readMap } from '@cloudnestle/operations/row';
import type { Publish } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { Delivery } from '@cloudnestle/runtime/queue/subscriber';
import type { OrdersByGatewayId } from '@cloudnestle/runtime/read-transaction';
import { type HistoryEntry, readEnding, recordedAt } from './merge/row.ts';

export interface RecordDependencies {
  log: Log;
  metrics: Metrics;
  now: Clock;
  /** Days on which banks settle nothing, `2026-01-26`. */
  bankHolidays: readonly string[];
  rows: TransactionRows;
  paidOrders: PaidOrders;
  catalogue: Catalogue;
  publish: Publish;
}

/** The orders' rows. */
export interface TransactionRows extends OrdersByGatewayId {
  /**
   * Brings an existing row to what the merge wants; a missing one stays missing. Begins with `seen`, the row as it was just
   * read, where that is given; the answer is the row as it stands now all the same.
   */
  merge(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
    seen?: Record<string, unknown>,
  ): Promise<MergeResult>;
  /** Takes the time of a recorded history entry back to `entry.at`, if that is earlier. */
  lowerHistoryTime(transactionId: string, entry: HistoryEntry): Promise<void>;
}

/** An event as it enters a row: its line of history, and who tells it. */
export interface Told {
  entry: HistoryEntry;
  /** One publisher's telling of one fact. */
  teller: string;
}

/** What one delivery of an event found on its order's row, or wrote there. */
export interface Recorded {
  /** The row as it is then. */
  row: Record<string, unknown>;
  /** This delivery wrote, or another one wrote the same beside it. */
  isUpdated: boolean;
}

export function toTold({ eventId, occurredAt, causationId }: EventMetadata, what: string): Told {
  return { entry: { eventId, what, at: occurredAt }, teller: `${eventId} ${causationId}` };
}

/**
 * Merges an event into its order's row, with the teller's name at what becomes of the order by it. Throws
 * `PermanentError` where there is no row: every order has one before its gateway hears of it. `seen`: see `TransactionRows.merge`.
 */
export async function recordOnRow(
  { rows }: Pick<RecordDependencies, 'rows'>,
  transactionId: string,
  { entry, teller }: Told,
  merge: (row: Record<string, unknown>) => ItemChange | undefined,
  seen?: Record<string, unknown>,
): Promise<Recorded> {
  const noted = (row: Record<string, unknown>) => {
    const change = merge(row);
    return change && noteTeller(row, change, teller);
  };
  const result = await rows.merge(transactionId, noted, seen);
  if (result.kind === 'missing') throw new PermanentError(`no transaction row ${transactionId}`);
  const at = recordedAt(result.item, entry.eventId);
  if (at !== undefined && at > entry.at) await rows.lowerHistoryTime(transactionId, entry);
  return { row: result.item, isUpdated: result.kind === 'updated' };
}

/**
 * Counts what became of the order by this telling, as the row says it. Last of all, when everything else of the delivery
 * is done: one that dies before comes back, finds its name on the row, and counts then. A mere copy counts nothing.
 */
export function countRecorded(
  { metrics }: Pick<RecordDependencies, 'metrics'>,
  { row, isUpdated }: Recorded,
  { teller }: Told,
  { mayBeRepeat }: Pick<Delivery, 'mayBeRepeat'>,
): void {
  if (isUpdated || mayBeRepeat) countTold(metrics, row, teller);
}

const REFUND = 'refund ';

/**
 * The change, with the teller's name at all that becomes of the order by it (`toldBy`). Written together, so that after a
 * lost answer or a death the row still says who counts it: the same event, delivered again. What another publisher tells
 * later is no news.
 */
function noteTeller(item: Record<string, unknown>, change: ItemChange, teller: string): ItemChange {
  const told = readMap(item, 'toldBy');
  const news = listNews(item, change).filter((what) => !Object.hasOwn(told ?? {}, what));
  if (news.length === 0) return change;
  if (!told) {
    const toldBy = Object.fromEntries(news.map((what) => [what, teller]));
    return {
      ...change,
      set: { ...change.set, toldBy },
      basedOn: [...change.basedOn, 'toldBy'],
    };
  }
  const paths = news.map((what) => `toldBy.${what}`);
  return {
    ...change,
    set: { ...change.set, ...Object.fromEntries(paths.map((path) => [path, teller])) },
    basedOn: [...change.basedOn, 'toldBy', ...paths],
  };
}

/** Counts what the row says became of the order by this teller's word. */
function countTold(metrics: Metrics, row: Record<string, unknown>, teller: string): void {
  for (const what of listTold(row, teller)) {
    if (what === 'abandoned') metrics.count('OrderAbandoned');
    else if (what === 'paid' || what === 'failed')
      metrics.count('OrderFailed', what === 'failed' ? 1 : 0);
    else if (what === 'revoked') metrics.count('AccessRevoked');
    else if (what.startsWith(REFUND)) metrics.count('RefundRecorded');
  }
}

/** What the row says became of the order by this teller's word: `paid`, `failed`, `abandoned`, `revoked`, `refund {id}`. */
export function listTold(row: Record<string, unknown>, teller: string): string[] {
  const told = Object.entries(readMap(row, 'toldBy') ?? {});
  return told.filter(([, by]) => by === teller).map(([what]) => what);
}

/** Each way to end is news once; a refund and the end of access are, where the change brings them. */
function listNews(item: Record<string, unknown>, { set }: ItemChange): string[] {
  const ending = readEnding({ ...item, ...set });
  const refunds = Object.keys(set).flatMap((path) =>
    path.startsWith('refunds.') ? [path.slice('refunds.'.length)] : [],
  );
  const firstRefunds = isMap(set.refunds) ? Object.keys(set.refunds) : [];
  return [
    ...(ending !== undefined && ending !== readEnding(item) ? [ending] : []),
    ...(set.accessRevokedAt === undefined ? [] : ['revoked']),
    ...[...refunds, ...firstRefunds].map((id) => `${REFUND}${id}`),
  ];
}
