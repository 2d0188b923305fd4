import type { RecordDependencies } from '../dependencies.ts';
import { type HistoryEntry, recordedAt } from '../merge/history.ts';
import { isRevoked } from '../merge/is-revoked.ts';
import { mergeRefund } from '../merge/merge-refund.ts';
import { type ConfirmedRefund, isRefundedInFull, isRefundKept } from '../merge/refunds.ts';
import { recordOnRow } from '../record-on-row.ts';

export interface KeptRefund {
  /** The row as it is then. */
  row: Record<string, unknown>;
  /** The history did not have the event before. Also where it is full: rather told twice than never. */
  isNewEvent: boolean;
  isNewlyKept: boolean;
  isNewlyRevoked: boolean;
}

/** Writes a refund event into its order's row, and the refund where it is confirmed. */
export async function keepRefund(
  deps: Pick<RecordDependencies, 'rows' | 'metrics' | 'now'>,
  transactionId: string,
  event: { entry: HistoryEntry; confirmed: ConfirmedRefund | undefined },
): Promise<KeptRefund> {
  const { entry, confirmed } = event;
  const news = { isNewEvent: false, isNewlyKept: false, isNewlyRevoked: false };
  const keep = () =>
    recordOnRow(deps, transactionId, entry, (row) => {
      // Asked in every round: after a lost answer only the first round still sees the row without it.
      news.isNewEvent ||= recordedAt(row, entry.eventId) === undefined;
      news.isNewlyKept ||= confirmed !== undefined && !isRefundKept(row, confirmed);
      news.isNewlyRevoked ||= !isRevoked(row) && isRefundedInFull(row, confirmed);
      return mergeRefund(row, event, { now: deps.now() });
    });
  let row = await keep();
  // Two that add up, written side by side, each saw the row without the other. The later one's answer shows both.
  if (isRefundedInFull(row) && !isRevoked(row)) row = await keep();
  return { row, ...news };
}
