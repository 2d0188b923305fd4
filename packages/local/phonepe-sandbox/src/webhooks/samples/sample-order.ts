import type { Ids } from '../../create-ids.ts';
import { buildOrder, endOrder } from '../../orders/end-order.ts';
import type { Order } from '../../orders/order.ts';
import { createRefundBook } from '../../refunds/create-refund-book.ts';
import type { Refund } from '../../refunds/refund.ts';
import { refundBody } from '../../refunds/refund-body.ts';
import { defaultRefundRules } from '../../refunds/refund-rules.ts';
import type { WebhookVariant } from '../webhook-options.ts';
import type { SampleEvent } from './sample-events.ts';

/** What a sample is to say. */
export interface SampleRequest {
  event: SampleEvent;
  variant: WebhookVariant;
  merchantId: string;
  merchantOrderId: string;
  /** PhonePe's own id of the order; made up where it is not known. */
  orderId?: string | undefined;
  /** Of the order, or of the refund. */
  amountInPaisa: number;
  /** Of refunds only; made up where it is not given. */
  merchantRefundId?: string | undefined;
  /** The order sets up a mandate through the checkout: the same event, told apart by `paymentFlow` alone. */
  setsUpMandate?: boolean | undefined;
}

/** Where samples have their times and made-up ids from. */
export interface SamplePorts {
  now: () => Date;
  ids: Ids;
}

/** The last word of an event as PhonePe's states are spelled: `settlement.attempt.failed` is `FAILED`. */
export function stateOf(event: string): string {
  return event.slice(event.lastIndexOf('.') + 1).toUpperCase();
}

const EXPIRE_AFTER_SECONDS = 1800;

/** The order that a sample tells of: paid, declined, or `retried`: still open after a first attempt was declined. */
export function sampleOrder(
  { merchantOrderId, orderId, amountInPaisa }: SampleRequest,
  ports: SamplePorts,
  end: 'COMPLETED' | 'FAILED' | 'retried',
): Order {
  const placed = buildOrder(
    {
      merchantOrderId,
      amount: amountInPaisa,
      expireAfter: EXPIRE_AFTER_SECONDS,
      // No webhook says where the buyer went: neither address is ever read.
      paymentFlow: { type: 'PG_CHECKOUT', merchantUrls: { redirectUrl: 'https://shop.example/' } },
    },
    { ...ports, checkoutBase: 'https://sandbox.example/checkout' },
  );
  const [order] = endOrder(
    { ...placed, orderId: orderId ?? placed.orderId },
    {
      outcome: end === 'retried' ? 'COMPLETED' : end,
      mode: 'UPI',
      at: ports.now(),
      secondAttempt: end === 'retried',
    },
    ports.ids,
  );
  return order;
}

/** A refund of the whole amount, on its way or at its end as the event says. */
export function refundPayload(request: SampleRequest, ports: SamplePorts) {
  return refundBody(sampleRefund(request, ports), request.merchantId);
}

function sampleRefund(request: SampleRequest, ports: SamplePorts): Refund {
  const { event, amountInPaisa } = request;
  const merchantRefundId = request.merchantRefundId ?? `REFUND-${ports.ids.digits(10)}`;
  const book = createRefundBook({
    ...ports,
    rules: { ...defaultRefundRules, delayMs: null },
    takings: () => 0,
    moved: () => undefined,
  });
  const order = sampleOrder(request, ports, 'COMPLETED');
  const asked = book.request({ merchantRefundId, order, amountInPaisa });
  if (asked.kind !== 'taken') throw new Error('a paid order can always be refunded once');
  // Accepted, PhonePe says CONFIRMED from there on: no longer PENDING, and not final.
  const state = event === 'pg.refund.accepted' ? 'CONFIRMED' : undefined;
  const end = event.endsWith('.failed') ? 'FAILED' : 'COMPLETED';
  const ended = book.end(merchantRefundId, state ?? end);
  return ended.kind === 'finished' ? ended.refund : asked.refund;
}
