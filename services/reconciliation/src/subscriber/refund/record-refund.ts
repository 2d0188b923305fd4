import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { isRevoked, readBuyer } from '@cloudnestle/operations/row';
import { isStandingFact } from '@cloudnestle/payments/attention/attention';
import type { PaymentGateway, RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { LAST_ATTEMPT } from '@cloudnestle/runtime/queue/plan-retry';
import type { Delivery, ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { redact } from '@cloudnestle/runtime/redact';
import { withdrawPayment } from '../duplicates.ts';
import { findByOurId, findNamedOrder, refuseUnknownOrder } from '../find-order.ts';
import {
  type ConfirmedRefund,
  describeDoubt,
  mergeRefund,
  type RefundFact,
} from '../merge/merge-refund.ts';
import {
  countRecorded,
  listTold,
  type RecordDependencies,
  type Recorded,
  recordOnRow,
  type Told,
  toTold,
} from '../record-on-row.ts';
import { tellEnd } from '../tell-end.ts';

/**
 * Money went back, or an event says so: the gateway's refund status decides, the event is only a reason to ask. A
 * confirmed refund is kept on the row; at the full amount access is taken back (rule 2) and the order counts as
 * no payment any more. Whatever else it is, it stands in the history and an operator must look. Throws `RetryLaterError`
 * while the gateway cannot be asked, and `PermanentError` if neither event nor gateway names a known order.
 */
export async function recordRefund(
  deps: RecordDependencies,
  event: ReceivedEvent<typeof gatewayEventReceived>,
  delivery: Pick<Delivery, 'attempt' | 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { metadata, data } = event;
  const { merchantRefundId, gatewayState } = data;
  const named = await findNamedOrder(deps.rows, data);
  const gateway = deps.gateways.of(named ?? { paymentMethod: data.gateway });
  const answer = await askAboutRefund(gateway, merchantRefundId);
  const namedByGateway = answer?.kind === 'found' ? answer.merchantOrderId : undefined;
  const order = named ?? (await findByOurId(deps.rows, namedByGateway));
  if (order === undefined) return refuseUnknownOrder(deps, event);
  const { transactionId } = order;

  const verdict = judgeRefund(answer, { transactionId, merchantRefundId });
  const isUnconfirmed = verdict.kind === 'unconfirmed';
  // Event and status may be moments apart; what stays undecided over all attempts is an operator's.
  const mayBeTooEarly = isUnconfirmed && verdict.mayFollow && gatewayState === 'COMPLETED';
  if (mayBeTooEarly && delivery.attempt < LAST_ATTEMPT) throw new RetryLaterError(verdict.why);

  const told = toTold(metadata, `refund: ${gatewayState}`);
  const fact = toFact(verdict, merchantRefundId ?? data.gatewayRefundId ?? metadata.eventId);
  const kept = await keepRefund(deps, transactionId, { told, fact });
  reportRefund(deps, kept, { transactionId, told, fact });
  const buyer = readBuyer(kept.row);
  if (isRevoked(kept.row)) {
    if (buyer) await withdrawPayment(deps, buyer, transactionId);
    await tellEnd(deps, kept.row, metadata);
  }
  countRecorded(deps, kept, told, delivery);
  return { kind: 'applied' };
}

function toFact(verdict: RefundVerdict, refundId: string): RefundFact {
  return verdict.kind === 'confirmed'
    ? verdict
    : { kind: 'doubtful', refundId, doubt: verdict.why };
}

/** The gateway's share of a record's 13 s, its token included. */
const GATEWAY_TIMEOUT_MS = 4000;

/** The gateway's own word about a refund. Throws `RetryLaterError` where it gives no usable answer now. */
async function askAboutRefund(
  gateway: PaymentGateway,
  merchantRefundId: string | undefined,
): Promise<RefundAnswer> {
  if (merchantRefundId === undefined) return undefined;
  const answer = await gateway.refundStatus(merchantRefundId, { timeoutMs: GATEWAY_TIMEOUT_MS });
  if (answer.kind !== 'unreachable') return answer;
  throw new RetryLaterError(`the gateway cannot be asked about the refund: ${answer.reason}`);
}

/** What the gateway's refund status answered; `undefined`: there was no id to ask by. */
export type RefundAnswer = Exclude<RefundStatusAnswer, { kind: 'unreachable' }> | undefined;

type RefundVerdict =
  | { kind: 'confirmed'; confirmed: ConfirmedRefund }
  /** `why` is for an operator. `mayFollow`: the gateway has not said its last word. */
  | { kind: 'unconfirmed'; why: string; mayFollow: boolean };

/** Decides whether a refund of this order has happened: by the gateway's own refund status, never by an event's word. */
export function judgeRefund(
  answer: RefundAnswer,
  claim: { transactionId: string; merchantRefundId: string | undefined },
): RefundVerdict {
  const { transactionId, merchantRefundId } = claim;
  if (answer === undefined || merchantRefundId === undefined) {
    return unconfirmed('there is no merchantRefundId to ask the gateway by');
  }
  switch (answer.kind) {
    case 'notFound':
      return unconfirmed('the gateway does not know this refund');
    case 'refused':
      return unconfirmed(`the gateway refused to tell: ${answer.code}`);
    case 'found':
      return judgeStatus(answer, { transactionId, merchantRefundId });
  }
}

function judgeStatus(
  status: Extract<RefundAnswer, { kind: 'found' }>,
  claim: { transactionId: string; merchantRefundId: string },
): RefundVerdict {
  const { merchantOrderId, state, gatewayState, amountInPaisa } = status;
  // The gateway always names it. Without the name, any real refund could be laid at any order's door.
  if (merchantOrderId === undefined) return unconfirmed('the gateway names no order');
  if (toTransactionId(merchantOrderId) !== claim.transactionId) {
    return unconfirmed('the gateway names another order');
  }
  if (state !== 'COMPLETED') {
    const mayFollow = state === 'PENDING' || state === 'OTHER';
    return { kind: 'unconfirmed', why: `the gateway says ${gatewayState}`, mayFollow };
  }
  if (amountInPaisa <= 0) return unconfirmed('the gateway names no amount');
  const { merchantRefundId } = claim;
  return { kind: 'confirmed', confirmed: { merchantRefundId, amountInPaisa } };
}

function unconfirmed(why: string): RefundVerdict {
  return { kind: 'unconfirmed', why, mayFollow: false };
}

/** Writes a refund event into its order's row: the refund where it is confirmed, else the doubt. */
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
