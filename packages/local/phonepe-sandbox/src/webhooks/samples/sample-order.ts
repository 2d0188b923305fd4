import type { Ids } from '../../create-ids.ts';
import { buildOrder, endOrder } from '../../orders/end-order.ts';
import type { Order } from '../../orders/order.ts';
import { createRefundBook, type Refund } from '../../refunds/create-refund-book.ts';
import { refundBody } from '../../refunds/refund-body.ts';
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
  const body = refundBody(sampleRefund(request, ports), request.merchantId);
  // On its way, PhonePe says CONFIRMED from here on: no longer PENDING, and not final.
  return request.event === 'pg.refund.accepted' ? { ...body, state: 'CONFIRMED' } : body;
}

function sampleRefund(request: SampleRequest, ports: SamplePorts): Refund {
  const { event, amountInPaisa } = request;
  const merchantRefundId = request.merchantRefundId ?? `REFUND-${ports.ids.digits(10)}`;
  const book = createRefundBook({ ...ports, delayMs: null, completed: () => undefined });
  const order = sampleOrder(request, ports, 'COMPLETED');
  const asked = book.request({ merchantRefundId, order, amountInPaisa });
  if (!asked) throw new Error('a paid order can always be refunded once');
  if (event === 'pg.refund.accepted') return asked;
  const ended = book.end(merchantRefundId, event.endsWith('.failed') ? 'FAILED' : 'COMPLETED');
  return ended.kind === 'finished' ? ended.refund : asked;
}
