import { createHash } from 'node:crypto';
import { merchantOrderIdSchema } from '@cloudnestle/contracts/ids';
import type { GatewaySideEvent, WebhookVerdict } from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import { optionalAmount } from '../lenient/amount.ts';
import { optionalText, word } from '../lenient/text.ts';

/** Ours, so it has our shape; anything else names no order of ours. */
const orderId = merchantOrderIdSchema.optional().catch(undefined);

const payloadSchema = z.object({
  state: word.optional().catch(undefined),
  merchantOrderId: orderId,
  originalMerchantOrderId: orderId,
  orderId: optionalText,
  merchantRefundId: optionalText,
  refundId: optionalText,
  disputeId: optionalText,
  amount: optionalAmount,
});

/** A refund moved. Any of its ids may be missing or empty; without a single one there is nothing to record. */
export function readRefundEvent(event: string, payload: unknown): WebhookVerdict {
  const facts = readFacts(event, payload);
  if (!facts.merchantOrderId && !facts.merchantRefundId && !facts.gatewayRefundId) {
    return { kind: 'malformed', reason: 'refund without any id' };
  }
  return { kind: 'refund', gatewayEvent: event, ...facts };
}

/**
 * A dispute moved. No sample of its payload is known: whatever ids are there are taken. One without an id of its own is known
 * by all that it says, so that the same webhook again is the same dispute, and another one of the same order is not.
 */
export function readDisputeEvent(event: string, payload: unknown): WebhookVerdict {
  const facts = readFacts(event, payload);
  const disputeId = facts.disputeId ?? `unnamed-${fingerprint(payload)}`;
  return { kind: 'dispute', gatewayEvent: event, ...facts, disputeId };
}

function fingerprint(payload: unknown): string {
  const text = JSON.stringify(payload) ?? '';
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function readFacts(event: string, payload: unknown): GatewaySideEvent {
  const parsed = payloadSchema.safeParse(payload);
  const facts = parsed.success ? parsed.data : {};
  const merchantOrderId = facts.originalMerchantOrderId ?? facts.merchantOrderId;
  return {
    gatewayState: facts.state ?? lastWord(event),
    ...(merchantOrderId ? { merchantOrderId } : {}),
    ...(facts.orderId ? { gatewayOrderId: facts.orderId } : {}),
    ...(facts.merchantRefundId ? { merchantRefundId: facts.merchantRefundId } : {}),
    ...(facts.refundId ? { gatewayRefundId: facts.refundId } : {}),
    ...(facts.disputeId ? { disputeId: facts.disputeId } : {}),
    ...(facts.amount !== undefined ? { amountInPaisa: facts.amount } : {}),
  };
}

/** `payment.dispute.under_review` -> `UNDER_REVIEW`. */
function lastWord(event: string): string {
  return (event.split('.').findLast(Boolean) ?? event).toUpperCase();
}
