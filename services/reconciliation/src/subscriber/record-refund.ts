import type { paymentRefunded } from '@cloudnestle/contracts/events/payment-refunded';
import type { refundFailed } from '@cloudnestle/contracts/events/refund-failed';
import type { refundInDoubt } from '@cloudnestle/contracts/events/refund-in-doubt';
import { isRevoked, readBuyer } from '@cloudnestle/operations/row';
import { isStandingFact } from '@cloudnestle/payments/attention/attention';
import type { Delivery, ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { redact } from '@cloudnestle/runtime/redact';
import { withdrawPayment } from './duplicates.ts';
import { describeDoubt, mergeRefund, type RefundFact } from './merge/merge-refund.ts';
import {
  countRecorded,
  listTold,
  type RecordDependencies,
  type Recorded,
  recordOnRow,
  type Told,
  toTold,
} from './record-on-row.ts';
import { tellEnd } from './tell-end.ts';

type RefundEvent = ReceivedEvent<
  typeof paymentRefunded | typeof refundFailed | typeof refundInDoubt
>;

/**
 * Money went back, did not, or is in doubt. A refund that is through is kept on the row, which sets free what was held for
 * it; at the full amount access is taken back (rule 2) and the order counts as no payment any more. What failed
 * sets free as well and needs an operator, as does a doubt, which leaves the rest as it is.
 */
export async function recordRefund(
  deps: RecordDependencies,
  event: RefundEvent,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId } = event.data;
  const fact = toFact(event);
  const told = toTold(event.metadata, describeEvent(event));
  const kept = await keepRefund(deps, transactionId, { told, fact });
  reportRefund(deps, kept, { transactionId, told, fact });
  const buyer = readBuyer(kept.row);
  if (isRevoked(kept.row)) {
    if (buyer) await withdrawPayment(deps, buyer, transactionId);
    await tellEnd(deps, kept.row, event.metadata);
  }
  countRecorded(deps, kept, told, delivery);
  return { kind: 'applied' };
}

function toFact({ detailType, data }: RefundEvent): RefundFact {
  const { refundId } = data;
  switch (detailType) {
    case 'PaymentRefunded':
      return {
        kind: 'confirmed',
        confirmed: { merchantRefundId: refundId, amountInPaisa: data.amountInPaisa },
        wasAskedForHere: data.origin !== 'GATEWAY',
      };
    case 'RefundFailed':
      return { kind: 'failed', refundId, doubt: describeFailure(data) };
    case 'RefundInDoubt':
      return { kind: 'doubtful', refundId, doubt: data.doubt };
  }
}

/** The gateway's codes in words for an operator, the most detailed one last. */
function describeFailure({
  gatewayState,
  errorCode,
  detailedErrorCode,
}: Extract<RefundEvent, { detailType: 'RefundFailed' }>['data']): string {
  const codes = [errorCode, detailedErrorCode].filter((code) => code !== undefined);
  const why = codes.length === 0 ? '' : ` (${codes.join(', ')})`;
  return `the gateway says ${gatewayState}${why}`;
}

function describeEvent({ detailType, data }: RefundEvent): string {
  switch (detailType) {
    case 'PaymentRefunded':
    case 'RefundFailed':
      return `refund: ${data.gatewayState}`;
    case 'RefundInDoubt':
      return `refund: ${data.gatewayState ?? 'in doubt'}`;
  }
}

/** Writes a refund event into its order's row. */
async function keepRefund(
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
  // both, and brings right what follows from them together: whether all went back, and what an operator must look at.
  const { row } = await keep();
  return { row, isUpdated: true };
}

/** Others' words are cut here in log lines. */
const LONGEST_TEXT = 200;

/** Warns of what the row says came of this refund: access that was taken back, or what an operator must look at. */
function reportRefund(
  { log }: Pick<RecordDependencies, 'log'>,
  { row }: Recorded,
  about: { transactionId: string; told: Told; fact: RefundFact },
): void {
  const { transactionId, told, fact } = about;
  const isConfirmed = fact.kind === 'confirmed';
  const refundId = isConfirmed ? fact.confirmed.merchantRefundId : fact.refundId;
  const ids = {
    transactionId,
    eventId: told.entry.eventId,
    refundId: redact(refundId).slice(0, LONGEST_TEXT),
  };
  if (listTold(row, told.teller).includes('revoked')) log.warn('access revoked', ids);
  const attention = isConfirmed ? 'PARTIAL_REFUND' : 'REFUND_FAILED';
  const id = isConfirmed ? refundId : describeDoubt(refundId, fact.doubt).id;
  if (!isStandingFact(row, attention, id)) return;
  const why = isConfirmed ? 'less than the amount of the order' : redact(fact.doubt);
  log.warn('order needs attention', { ...ids, attention, why: why.slice(0, LONGEST_TEXT) });
}
