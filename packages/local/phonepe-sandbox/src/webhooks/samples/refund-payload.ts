import { createRefundBook } from '../../refunds/create-refund-book.ts';
import type { Refund } from '../../refunds/refund.ts';
import { refundBody } from '../../refunds/refund-body.ts';
import { sampleOrder } from './sample-order.ts';
import type { SamplePorts } from './sample-ports.ts';
import type { SampleRequest } from './sample-request.ts';

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
