import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import type { Delivery } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { type HistoryEntry, recordedAt } from './merge/history.ts';
import { countTold, noteTeller } from './merge/told-by.ts';

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
 * `PermanentError` where there is no row: every order has one before its gateway hears of it.
 */
export async function recordOnRow(
  { rows }: Pick<RecordDependencies, 'rows'>,
  transactionId: string,
  { entry, teller }: Told,
  merge: (row: Record<string, unknown>) => ItemChange | undefined,
): Promise<Recorded> {
  const result = await rows.merge(transactionId, (row) => {
    const change = merge(row);
    return change && noteTeller(row, change, teller);
  });
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
