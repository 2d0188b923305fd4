import { merchantOrderIdSchema } from '@cloudnestle/contracts/ids';
import type { OrderName, WebhookVerdict } from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import { optionalText, word } from '../lenient/text.ts';

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
export function readOrderEvent(event: string, payload: unknown): WebhookVerdict {
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
