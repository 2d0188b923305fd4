import type { PaidOrder } from '@cloudnestle/operations/paid-orders';
import { addToMap, isMap, readMap, readRow } from '@cloudnestle/operations/row';

/** How an order ended. A checkout that its buyer only left or let run out is abandoned: no payment failed. */
type Ending = 'paid' | 'failed' | 'abandoned';

/** Undefined while the order is open. */
export function readEnding(item: Record<string, unknown>): Ending | undefined {
  const { status, failureAttempted, failureReason } = readRow(item);
  if (status === 'COMPLETED') return 'paid';
  if (status !== 'FAILED') return undefined;
  return failureAttempted || failureReason === 'DECLINED' ? 'failed' : 'abandoned';
}

/** The order that came first, then the others: by completedAt, then by id (rule 1). */
export function sortPaidOrders(orders: readonly PaidOrder[]): PaidOrder[] {
  return orders.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
}

export function isBefore(a: PaidOrder, b: PaidOrder): boolean {
  if (a.completedAt !== b.completedAt) return a.completedAt < b.completedAt;
  return a.transactionId < b.transactionId;
}

/** One line of an order's history: the fact, what it was, and when it happened. */
export interface HistoryEntry {
  eventId: string;
  what: string;
  at: string;
}

/** An order's outcomes are few by nature; what a gateway may say of it besides is bounded here. */
const MOST_ENTRIES = 50;

/**
 * What must be written so that the history has this entry: nothing where the fact is there already. Outcomes always
 * find room; `isOptional` ones do not enter a full history.
 */
export function addToHistory(
  row: Record<string, unknown>,
  entry: HistoryEntry,
  options: { isOptional: boolean } = { isOptional: false },
): { maps: Record<string, unknown>; basedOn: string[] } {
  const isFull = Object.keys(readMap(row, 'history') ?? {}).length >= MOST_ENTRIES;
  if (options.isOptional && isFull) return { maps: {}, basedOn: [] };
  const line = { what: entry.what, at: entry.at };
  return addToMap(row, 'history', entry.eventId, line);
}

/** When a fact happened according to the row, or undefined where its history does not have it. */
export function recordedAt(row: Record<string, unknown>, eventId: string): string | undefined {
  const line = readMap(row, 'history')?.[eventId];
  return isMap(line) && typeof line.at === 'string' ? line.at : undefined;
}

/** What every write of this subscriber into an order's row brings with it. */
export function syncStamps(now: Date) {
  return { last_sync: now.toISOString(), updatedAt: now.toISOString() };
}
