import { isStandingFact } from '@cloudnestle/payments/attention/attention';
import { redact } from '@cloudnestle/runtime/redact';
import type { RecordDependencies } from '../dependencies.ts';
import { describeDoubt, type RefundFact } from '../merge/merge-refund.ts';
import { listTold } from '../merge/told-by.ts';
import type { Recorded, Told } from '../record-on-row.ts';

/** Others' words are cut here in log lines. */
const LONGEST_TEXT = 200;

/** Warns of what the row says came of this refund: access that was taken back, or what a person must look at. */
export function reportRefund(
  { log }: Pick<RecordDependencies, 'log'>,
  { row }: Recorded,
  about: { transactionId: string; told: Told; fact: RefundFact },
): void {
  const { transactionId, told, fact } = about;
  const isDoubtful = fact.kind === 'doubtful';
  const refundId = isDoubtful ? fact.refundId : fact.confirmed.merchantRefundId;
  const ids = {
    transactionId,
    eventId: told.entry.eventId,
    refundId: redact(refundId).slice(0, LONGEST_TEXT),
  };
  if (listTold(row, told.teller).includes('revoked')) log.warn('access revoked', ids);
  const attention = isDoubtful ? 'REFUND_FAILED' : 'PARTIAL_REFUND';
  const id = isDoubtful ? describeDoubt(refundId, fact.doubt).id : refundId;
  if (!isStandingFact(row, attention, id)) return;
  const why = isDoubtful ? redact(fact.doubt) : 'less than the amount of the order';
  log.warn('order needs attention', { ...ids, attention, why: why.slice(0, LONGEST_TEXT) });
}
