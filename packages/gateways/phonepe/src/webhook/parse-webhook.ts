import type { WebhookVerdict } from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import { parseJson } from '../lenient/json.ts';
import { word } from '../lenient/text.ts';
import { readDisputeEvent, readRefundEvent } from './read-gateway-side-event.ts';
import { readOrderEvent } from './read-order-event.ts';

const webhookSchema = z.object({
  /** `type` beside it is deprecated and may say something else: never read. */
  event: word,
  payload: z.record(z.string(), z.unknown()),
});

/** What an authentic webhook is about. Fields come and go between deliveries: what is not needed is not looked at. */
export function parseWebhook(body: Uint8Array): WebhookVerdict {
  const webhook = webhookSchema.safeParse(parseJson(decode(body)));
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
