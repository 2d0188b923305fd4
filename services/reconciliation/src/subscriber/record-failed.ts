import type { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { mergeFailed } from './merge/merge-failed.ts';
import { recordOnRow } from './record-on-row.ts';

/** The order ended unpaid, unless money says otherwise: a completed order only gains a line of history. */
export async function recordFailed(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentFailed>,
): Promise<RecordOutcome> {
  const what = `failed: ${data.reason}`;
  const entry = { eventId: metadata.eventId, what, at: metadata.occurredAt };
  await recordOnRow(deps, data.transactionId, entry, (current) =>
    mergeFailed(current, { data, entry }, { now: deps.now() }),
  );
  return { kind: 'applied' };
}
