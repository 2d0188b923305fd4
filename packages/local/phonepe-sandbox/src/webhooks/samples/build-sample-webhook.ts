import { randomBytes as cryptoBytes } from 'node:crypto';
import { createIds, type RandomBytes } from '../../support/create-ids.ts';
import { envelope } from '../envelope.ts';
import { attemptPayload, mandateOrderPayload, orderEventPayload } from './order-payloads.ts';
import { disputePayload, mandatePayload, settlementPayload } from './other-payloads.ts';
import { refundPayload } from './refund-payload.ts';
import { familyOf, type SampleFamily } from './sample-events.ts';
import type { SamplePorts } from './sample-ports.ts';
import type { SampleRequest } from './sample-request.ts';

/**
 * The body of a webhook as PhonePe would send it, about an order that this sandbox need not have. Nothing happens to any
 * order: it only claims.
 */
export function buildSampleWebhook(
  request: SampleRequest,
  { now, randomBytes = cryptoBytes }: { now: () => Date; randomBytes?: RandomBytes },
): object {
  const payload = payloads[familyOf(request.event)](request, {
    now,
    ids: createIds(now, randomBytes),
  });
  return envelope(request.event, payload, request.variant);
}

const payloads: Record<SampleFamily, (request: SampleRequest, ports: SamplePorts) => object> = {
  order: orderEventPayload,
  attempt: attemptPayload,
  refund: refundPayload,
  dispute: disputePayload,
  settlement: settlementPayload,
  mandateOrder: mandateOrderPayload,
  mandate: mandatePayload,
  unknown: orderEventPayload,
};
