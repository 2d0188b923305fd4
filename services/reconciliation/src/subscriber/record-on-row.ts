import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import type { RecordDependencies } from './dependencies.ts';
import { type Ending, readEnding } from './merge/ending.ts';
import { type HistoryEntry, recordedAt } from './merge/history.ts';

/**
 * Merges an event into its order's row and answers the row as it is then. An order that ends by it is counted, at most
 * once for each way to end, however often the event is delivered. Throws `PermanentError` where there is no row: every
 * order has one before its gateway hears of it.
 */
export async function recordOnRow(
  deps: Pick<RecordDependencies, 'rows' | 'metrics'>,
  transactionId: string,
  entry: HistoryEntry,
  merge: (row: Record<string, unknown>) => ItemChange | undefined,
): Promise<Record<string, unknown>> {
  let ending: Ending | undefined;
  const result = await deps.rows.merge(transactionId, (row) => {
    const change = merge(row);
    // Only the last round's write stands: what an earlier one saw is another delivery's to count.
    const now = readEnding({ ...row, ...change?.set });
    ending = now === readEnding(row) ? undefined : now;
    return change;
  });
  if (result.kind === 'missing') throw new PermanentError(`no transaction row ${transactionId}`);
  if (ending === 'abandoned') deps.metrics.count('OrderAbandoned');
  else if (ending) deps.metrics.count('OrderFailed', ending === 'failed' ? 1 : 0);
  const at = recordedAt(result.item, entry.eventId);
  if (at !== undefined && at > entry.at) await deps.rows.lowerHistoryTime(transactionId, entry);
  return result.item;
}
