import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import type { RecordDependencies } from './dependencies.ts';
import { type HistoryEntry, recordedAt } from './merge/history.ts';

/**
 * Merges an event into its order's row and answers the row as it is then. Throws `PermanentError` where there is no
 * row: every order has one before its gateway hears of it.
 */
export async function recordOnRow(
  deps: Pick<RecordDependencies, 'rows'>,
  transactionId: string,
  entry: HistoryEntry,
  merge: (row: Record<string, unknown>) => ItemChange | undefined,
): Promise<Record<string, unknown>> {
  const result = await deps.rows.merge(transactionId, merge);
  if (result.kind === 'missing') throw new PermanentError(`no transaction row ${transactionId}`);
  const at = recordedAt(result.item, entry.eventId);
  if (at !== undefined && at > entry.at) await deps.rows.lowerHistoryTime(transactionId, entry);
  return result.item;
}
