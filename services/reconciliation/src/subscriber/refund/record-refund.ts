import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import { LAST_ATTEMPT } from '@cloudnestle/runtime/queue/plan-retry';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from '../dependencies.ts';
import { findByOurId, findNamedOrder, refuseUnknownOrder } from '../find-order.ts';
import { isRevoked } from '../merge/is-revoked.ts';
import type { RefundFact } from '../merge/merge-refund.ts';
import { readBuyer } from '../merge/read-row.ts';
import { countRecorded, toTold } from '../record-on-row.ts';
import { withdrawPayment } from '../withdraw-payment.ts';
import { askAboutRefund } from './ask-about-refund.ts';
import { judgeRefund, type RefundVerdict } from './judge-refund.ts';
import { keepRefund } from './keep-refund.ts';
import { reportRefund } from './report-refund.ts';

/**
 * Money went back, or somebody says so: the gateway's refund status decides, the event is only a reason to ask. A
 * confirmed refund is kept on the row; at the full amount access is taken back (design, rule 2) and the order counts as
 * no payment any more. Whatever else it is, it stands in the history and an operator must look. Throws `RetryLaterError`
 * while the gateway cannot be asked, and `PermanentError` where nobody names an order of ours.
 */
export async function recordRefund(
  deps: RecordDependencies,
  event: ReceivedEvent<typeof gatewayEventReceived>,
  delivery: Pick<Delivery, 'attempt' | 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { metadata, data } = event;
  const { merchantRefundId, gatewayState } = data;
  const named = await findNamedOrder(deps.rows, data);
  const answer = await askAboutRefund(deps.gateway, merchantRefundId);
  const namedByGateway = answer?.kind === 'found' ? answer.merchantOrderId : undefined;
  const transactionId = named ?? (await findByOurId(deps.rows, namedByGateway));
  if (transactionId === undefined) return refuseUnknownOrder(deps, event);

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
  if (isRevoked(kept.row) && buyer) await withdrawPayment(deps, buyer, transactionId);
  countRecorded(deps, kept, told, delivery);
  return { kind: 'applied' };
}

function toFact(verdict: RefundVerdict, refundId: string): RefundFact {
  return verdict.kind === 'confirmed'
    ? verdict
    : { kind: 'doubtful', refundId, doubt: verdict.why };
}
