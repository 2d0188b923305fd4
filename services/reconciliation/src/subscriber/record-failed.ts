import type { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { mergeFailed } from './merge/merge-failed.ts';
import { countRecorded, recordOnRow, toTold } from './record-on-row.ts';

/** The order ended unpaid, unless money says otherwise: a completed order only gains a line of history. */
export async function recordFailed(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentFailed>,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const told = toTold(metadata, `failed: ${data.reason}`);
  const { entry } = told;
  const recorded = await recordOnRow(deps, data.transactionId, told, (current) =>
    mergeFailed(current, { data, entry }, { now: deps.now() }),
  );
  countRecorded(deps, recorded, told, delivery);
  return { kind: 'applied' };
}
