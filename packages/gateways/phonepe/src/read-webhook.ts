import { createHash } from 'node:crypto';
import { merchantOrderIdSchema } from '@cloudnestle/contracts/ids';
import type {
  GatewaySideEvent,
  OrderName,
  RawWebhook,
  WebhookVerdict,
} from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import type { CredentialStore, CredentialsAnswer } from './credentials.ts';
import { optionalAmount, optionalText, parseJsonKeepingDigits, word } from './lenient.ts';
import { orWhenOver, withinBudget } from './waiting.ts';
import { authenticate } from './webhook-signature.ts';

/** Leaves the webhook's 2.5 s to the order status even where the secret is slow. */
const CREDENTIALS_TIMEOUT_MS = 1_000;
const TOO_SLOW: CredentialsAnswer = {
  kind: 'unavailable',
  reason: `the credentials took longer than ${CREDENTIALS_TIMEOUT_MS} ms`,
};

/** Authenticates the raw bytes, then reads them. Takes at most a second, all of it waiting for the secret. */
export async function readWebhook(
  store: CredentialStore,
  request: RawWebhook,
): Promise<WebhookVerdict> {
  const refusal = await withinBudget(CREDENTIALS_TIMEOUT_MS, (signal) =>
    refuse(store, request, signal),
  );
  return refusal ?? parseWebhook(request.body);
}

/** Why the request is not let in; undefined for an authentic one. A mismatch may be a rotation: the secret is re-read. */
async function refuse(
  store: CredentialStore,
  request: RawWebhook,
  signal: AbortSignal,
): Promise<WebhookVerdict | undefined> {
  const known = await orWhenOver(signal, store.current(), TOO_SLOW);
  if (known.kind === 'unavailable') return known;
  const first = authenticate(known.credentials, request);
  if (first === 'authentic') return undefined;
  if (first === 'unsigned') return { kind: 'unauthenticated' };
  const reread = await orWhenOver(signal, store.rereadUnlessRecent(), TOO_SLOW);
  if (reread.kind === 'unavailable') return reread;
  const second = authenticate(reread.credentials, request);
  if (second === 'authentic') return undefined;
  return { kind: second === 'unconfigured' ? 'unconfigured' : 'unauthenticated' };
}

const webhookSchema = z.object({
  /** `type` beside it is deprecated and may say something else: never read. */
  event: word,
  payload: z.record(z.string(), z.unknown()),
});

/** What an authentic webhook is about. Fields come and go between deliveries: what is not needed is not looked at. */
export function parseWebhook(body: Uint8Array): WebhookVerdict {
  const webhook = webhookSchema.safeParse(parseJsonKeepingDigits(decode(body)));
  if (!webhook.success) return { kind: 'malformed', reason: 'no event with a payload' };
  const { event, payload } = webhook.data;
  if (/^(checkout|pg)\.order\.(completed|failed)$/.test(event)) {
    return readOrderEvent(event, payload);
  }
  if (event.startsWith('pg.refund.')) return readRefundEvent(event, payload);
  if (event.startsWith('payment.dispute.')) return readDisputeEvent(event, payload);
  // Also `*.attempt.failed`: the buyer may still pay that order.
  return { kind: 'ignored', gatewayEvent: event };
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return '';
  }
}

const nothing = z.literal(['', null]).transform(() => undefined);

const orderPayloadSchema = z.object({
  merchantOrderId: merchantOrderIdSchema.or(nothing).optional(),
  orderId: optionalText.pipe(word.optional().catch(undefined)),
  state: optionalText,
  paymentFlow: z.object({ type: optionalText }).optional().catch(undefined),
  paymentDetails: z
    .array(z.object({ state: optionalText }).catch({}))
    .optional()
    .catch(undefined),
});

/**
 * An order's end. The payload's state counts, not the event's name (PhonePe's documents); without one the name has to
 * do, since the answer only decides whether to ask. A state that is no end is ignored. A mandate set up through the
 * checkout comes under the same event, told apart by `paymentFlow.type` alone. Some deliveries name the order by
 * PhonePe's id only.
 */
function readOrderEvent(event: string, payload: unknown): WebhookVerdict {
  const parsed = orderPayloadSchema.safeParse(payload);
  const named = parsed.success ? nameOrder(parsed.data) : undefined;
  if (!parsed.success || !named) return { kind: 'malformed', reason: 'no order id' };
  const { paymentFlow, state, paymentDetails = [] } = parsed.data;
  const flow = paymentFlow?.type ?? 'PG_CHECKOUT';
  const claimedState = readClaim(state ?? (event.endsWith('.completed') ? 'COMPLETED' : 'FAILED'));
  if (flow !== 'PG_CHECKOUT' || !claimedState) return { kind: 'ignored', gatewayEvent: event };
  const claimedAttempts = paymentDetails.filter((each) => each.state === 'COMPLETED').length;
  return {
    kind: 'order',
    gatewayEvent: event,
    ...named,
    claimedState,
    ...(claimedAttempts > 1 ? { claimedAttempts } : {}),
  };
}

function nameOrder(payload: z.infer<typeof orderPayloadSchema>): OrderName | undefined {
  const { merchantOrderId, orderId } = payload;
  if (merchantOrderId !== undefined) return { merchantOrderId };
  return orderId === undefined ? undefined : { gatewayOrderId: orderId };
}

/** `EXPIRED` is in no document as a final state but in PhonePe's tests: worth asking about. */
function readClaim(state: string): 'COMPLETED' | 'FAILED' | undefined {
  if (state === 'COMPLETED') return 'COMPLETED';
  return state === 'FAILED' || state === 'EXPIRED' ? 'FAILED' : undefined;
}

/** The merchantOrderId was made by checkout, so it has its shape; anything else names no known order. */
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

/**
 * A refund moved. Any of its ids may be missing or empty, all those of the refund too (PhonePe's id of the order is left
 * then); without a single one there is nothing to record.
 */
function readRefundEvent(event: string, payload: unknown): WebhookVerdict {
  const facts = readFacts(event, payload);
  const { merchantOrderId, gatewayOrderId, merchantRefundId, gatewayRefundId } = facts;
  if (!merchantOrderId && !gatewayOrderId && !merchantRefundId && !gatewayRefundId) {
    return { kind: 'malformed', reason: 'refund without any id' };
  }
  return { kind: 'refund', gatewayEvent: event, ...facts };
}

/**
 * A dispute moved. No sample of its payload is known: all ids that are there are taken. One without an id of its own is known
 * by all that it says, so that the same webhook again is the same dispute, and another one of the same order is not.
 */
function readDisputeEvent(event: string, payload: unknown): WebhookVerdict {
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
