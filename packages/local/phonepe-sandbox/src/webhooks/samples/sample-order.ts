import { buildOrder } from '../../api/build-order.ts';
import { endOrder } from '../../orders/end-order.ts';
import type { Order } from '../../orders/order.ts';
import type { SamplePorts } from './sample-ports.ts';
import type { SampleRequest } from './sample-request.ts';

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
