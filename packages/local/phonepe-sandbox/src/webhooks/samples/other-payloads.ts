import { mandateIds } from './mandate-flow.ts';
import { type SamplePorts, stateOf } from './sample-ports.ts';
import type { SampleRequest } from './sample-request.ts';

/** No sample of a dispute's payload is known: the ids that PhonePe's documents name, and the state. */
export function disputePayload(request: SampleRequest, { now, ids }: SamplePorts) {
  const { merchantId, merchantOrderId, orderId, amountInPaisa } = request;
  return {
    merchantId,
    disputeId: `D${ids.digits(10)}`,
    merchantOrderId,
    orderId: orderId ?? ids.order(),
    amount: amountInPaisa,
    state: stateOf(request.event),
    timestamp: now().getTime(),
  };
}

/** Money on its way to the merchant's bank: it names no order. */
export function settlementPayload(request: SampleRequest, { now, ids }: SamplePorts) {
  return {
    settlementId: `S${ids.digits(12)}`,
    state:
      request.event === 'settlement.attempt.failed' ? 'ATTEMPT_FAILED' : stateOf(request.event),
    utr: `UTR${ids.digits(9)}`,
    amount: request.amountInPaisa,
    merchantId: request.merchantId,
    lastAttemptErrorCode: '',
    lastAttemptErrorDescription: '',
    lastUpdatedAt: now().getTime(),
  };
}

/** A mandate changes its state: its ids are at the payload's root. */
export function mandatePayload(request: SampleRequest, ports: SamplePorts) {
  const state = request.event === 'subscription.unpaused' ? 'ACTIVE' : stateOf(request.event);
  return { merchantId: request.merchantId, ...mandateIds(ports), state };
}
