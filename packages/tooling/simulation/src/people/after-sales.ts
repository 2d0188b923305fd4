import type { SampleEvent } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import type { Simulation } from '../parts/simulation.ts';
import { sendSample } from './send-sample.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What may still happen to a payment at the gateway: an operator pays it back there, or the buyer disputes it. */
export function planAfterSales(simulation: Simulation, merchantOrderId: string): void {
  const { chance, scheduler, gatewayActor, truth } = simulation;
  // Who was charged another amount than they ordered for mostly gets it back, or a part of it.
  const isAsOrdered =
    truth.atGateway(merchantOrderId)?.amountInPaisa === truth.row(merchantOrderId)?.amount;
  const kind = chance.weighted({
    nothing: 88,
    refund: isAsOrdered ? 6 : 60,
    partialRefund: isAsOrdered ? 2 : 60,
    failedRefund: 1,
    dispute: 2,
    chatter: 3,
  });
  if (kind === 'nothing') return;
  // At once, while the payment's own events are still on their way, or some day.
  const soon = chance.isHit(0.5) ? MINUTE_MS : 20 * HOUR_MS;
  scheduler.after(chance.fraction() * soon, gatewayActor, () => {
    switch (kind) {
      case 'refund':
        return refund(simulation, merchantOrderId, { share: 1, fails: false });
      case 'partialRefund':
        return refund(simulation, merchantOrderId, { share: 0.4, fails: false });
      case 'failedRefund':
        return refund(simulation, merchantOrderId, { share: 1, fails: true });
      case 'dispute':
        return disputePayment(simulation, merchantOrderId);
      case 'chatter':
        return claim(simulation, merchantOrderId, chance.pick(chatter));
    }
  });
}

/** Events that are none of our business. */
const chatter: readonly [SampleEvent, ...SampleEvent[]] = [
  'settlement.initiated',
  'subscription.paused',
  'pg.transaction.attempt.failed',
  'checkout.order.unknown',
];

function refund(
  { gateway, chance }: Simulation,
  merchantOrderId: string,
  { share, fails }: { share: number; fails: boolean },
): void {
  const { engine } = gateway;
  const order = engine.orders.get(merchantOrderId);
  if (order?.state !== 'COMPLETED') return;
  const result = engine.refunds.request({
    merchantRefundId: `MR-${chance.below(0x7fffffff).toString(16)}.${chance.below(1000)}`,
    order,
    amountInPaisa: Math.round(order.amountInPaisa * share),
  });
  if (result.kind !== 'taken') return;
  const { refund: made } = result;
  if (fails) engine.finishRefund(made.merchantRefundId, { outcome: 'FAILED' });
  else engine.watchRefund(made);
}

/** The buyer's bank asks for the money back. */
export function disputePayment(simulation: Simulation, merchantOrderId: string): void {
  claim(simulation, merchantOrderId, 'payment.dispute.created');
}

function claim(simulation: Simulation, merchantOrderId: string, event: SampleEvent): void {
  const order = simulation.gateway.engine.orders.get(merchantOrderId);
  if (!order) return;
  sendSample(simulation, {
    event,
    variant: 'current',
    merchantId: simulation.gateway.engine.tokens.merchantId(),
    merchantOrderId,
    orderId: order.orderId,
    amountInPaisa: order.amountInPaisa,
  });
}
