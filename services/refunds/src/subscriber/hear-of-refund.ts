import type {
  GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import {
  findByOurId,
  findNamedOrder,
  refuseUnknownOrder,
} from '@cloudnestle/operations/gateway-orders';
import {
  listRefundIds,
  readHolds,
  requireOrder,
} from '@cloudnestle/operations/refunds/order-money';
import type { RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import { buildRefundInDoubtEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { judgeRefundStatus } from '@cloudnestle/payments/refunds/judge-refund-status';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { OrdersByGatewayId } from '@cloudnestle/runtime/read-transaction';
import { redact } from '@cloudnestle/runtime/redact';
import { type DriveDependencies, GATEWAY_TIMEOUT_MS } from '../drive/dependencies.ts';
import { driveRefund } from '../drive/drive-refund.ts';
import { adoptRefund } from './adopt-refund.ts';

export interface HearDependencies extends DriveDependencies {
  rows: OrdersByGatewayId;
}

type Heard = ReceivedEvent<typeof gatewayEventReceived>;

/**
 * The gateway spoke of a refund: a reason to ask, and nothing else. One that was asked for here is looked at now. One that
 * was made in the gateway's dashboard gets a row of its own, once the gateway's refund status knows it, and ends in the
 * same events. Whatever else it is, it needs an operator. Throws `RetryLaterError` while the gateway cannot be asked, and
 * `PermanentError` if neither event nor gateway names a known order.
 */
export async function hearOfRefund(deps: HearDependencies, event: Heard): Promise<RecordOutcome> {
  const { data } = event;
  const { merchantRefundId } = data;
  const named = await findNamedOrder(deps.rows, data);
  if (merchantRefundId === undefined) return hearWithoutId(deps, event, named?.transactionId);
  const ours = await deps.refunds.find(merchantRefundId);
  if (ours) return hearOfKnown(deps, event, ours, named?.transactionId);

  const gateway = deps.gateways.of(named ?? { paymentMethod: data.gateway });
  const answer = await gateway.refundStatus(merchantRefundId, { timeoutMs: GATEWAY_TIMEOUT_MS });
  if (answer.kind === 'unreachable') {
    throw new RetryLaterError(`the gateway cannot be asked about the refund: ${answer.reason}`);
  }
  const order = named ?? (await findByOurId(deps.rows, orderOf(answer)));
  if (order === undefined) return refuseUnknownOrder(deps, event);
  const verdict = judgeRefundStatus(answer, order.transactionId);
  if (verdict.kind !== 'known') {
    const doubt = verdict.kind === 'doubt' ? verdict.why : 'the gateway does not know this refund';
    return leaveToOperator(deps, event, order.transactionId, doubt);
  }
  const { transactionId } = order;
  const refund = await adoptRefund(deps, transactionId, merchantRefundId, verdict.status);
  return look(deps, event, refund);
}

function orderOf(answer: RefundStatusAnswer): string | undefined {
  return answer.kind === 'found' ? answer.merchantOrderId : undefined;
}

async function hearOfKnown(
  deps: HearDependencies,
  event: Heard,
  refund: RefundItem,
  named: string | undefined,
): Promise<RecordOutcome> {
  if (named !== undefined && named !== refund.transactionId) {
    await leaveToOperator(deps, event, named, 'the gateway names another order');
  }
  return look(deps, event, refund);
}

/** What PhonePe's own clients show: an order and no id of the refund. Only where one refund can be meant, it is looked at. */
async function hearWithoutId(
  deps: HearDependencies,
  event: Heard,
  transactionId: string | undefined,
): Promise<RecordOutcome> {
  if (transactionId === undefined) return refuseUnknownOrder(deps, event);
  const row = requireOrder(await deps.rows.find(transactionId), transactionId);
  const found = await Promise.all(listRefundIds(row).map((id) => deps.refunds.find(id)));
  const refunds = found.filter((each) => each !== undefined);
  const { gatewayRefundId } = event.data;
  const byId = refunds.find(
    (each) => gatewayRefundId !== undefined && each.gatewayRefundId === gatewayRefundId,
  );
  const held = Object.keys(readHolds(row));
  const running = refunds.filter(({ refundId }) => held.includes(refundId));
  const meant = byId ?? (running.length === 1 ? running[0] : undefined);
  if (meant) return look(deps, event, meant);
  if (running.length === 0 && refunds.some((each) => isToldAgain(each, event.data))) {
    return { kind: 'skipped', why: 'known: that refund is over' };
  }
  const why = 'there is no merchantRefundId to ask the gateway by';
  return leaveToOperator(deps, event, transactionId, why);
}

/** The same webhook once more, of a refund whose id it does not give. */
function isToldAgain(
  { state, amountInPaisa, gatewayRefundId }: RefundItem,
  said: GatewayEventReceivedData,
): boolean {
  const isSame = said.gatewayRefundId === undefined || said.gatewayRefundId === gatewayRefundId;
  return isSame && state === said.gatewayState && amountInPaisa === said.amountInPaisa;
}

/** The refund is asked about now, also where it counted as done with and the gateway says something else. */
async function look(
  deps: HearDependencies,
  { metadata, data }: Heard,
  refund: RefundItem,
): Promise<RecordOutcome> {
  const isOver = refund.state === 'COMPLETED' || refund.state === 'FAILED';
  const isNews = isOver && data.gatewayState !== refund.gatewayState;
  const trigger = {
    producer: 'refunds',
    causationId: metadata.eventId,
    traceparent: metadata.traceparent,
  };
  const when = isNews ? 'again' : 'now';
  const result = await driveRefund(deps, refund.refundId, { trigger, when });
  // Of a refund that counts as done with, the sweep asks no more: this news must not get lost.
  const isLost = isNews && (result.kind === 'none' || result.isUnanswered);
  if (isLost) throw new RetryLaterError('the gateway cannot be asked again about the refund now');
  return { kind: 'applied' };
}

async function leaveToOperator(
  { publish, log }: HearDependencies,
  { metadata, data }: Heard,
  transactionId: string,
  doubt: string,
): Promise<RecordOutcome> {
  const refundId = data.merchantRefundId ?? data.gatewayRefundId ?? metadata.eventId;
  const { gatewayState } = data;
  const { eventId, occurredAt: since, traceparent } = metadata;
  log.warn('refund in doubt', {
    transactionId,
    eventId,
    refundId: redact(refundId).slice(0, 200),
    reason: redact(doubt).slice(0, 200),
  });
  const answer = await publish(
    buildRefundInDoubtEvent(
      { refundId, transactionId, gatewayState, doubt, since },
      { producer: 'refunds', causationId: eventId, traceparent },
    ),
  );
  if (answer.kind === 'published') return { kind: 'applied' };
  throw new RetryLaterError(`the doubt could not be published: ${answer.reason}`);
}
