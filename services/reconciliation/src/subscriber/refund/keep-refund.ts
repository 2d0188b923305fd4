import type { RecordDependencies } from '../dependencies.ts';
import { mergeRefund, type RefundFact } from '../merge/merge-refund.ts';
import { type Recorded, recordOnRow, type Told } from '../record-on-row.ts';

/** Writes a refund event into its order's row: the refund where it is confirmed, else the doubt. */
export async function keepRefund(
  deps: Pick<RecordDependencies, 'rows' | 'now'>,
  transactionId: string,
  { told, fact }: { told: Told; fact: RefundFact },
): Promise<Recorded> {
  const { entry } = told;
  const keep = () =>
    recordOnRow(deps, transactionId, told, (row) =>
      mergeRefund(row, { entry, fact }, { now: deps.now() }),
    );
  const first = await keep();
  if (!first.isUpdated) return first;
  // Two refunds, or a refund and a doubt, written side by side, each saw the row without the other. The later one finds
  // both, and brings right what follows from them together: whether all went back, and what a person must still look at.
  const { row } = await keep();
  return { row, isUpdated: true };
}
