import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import type { Row } from './read-row.ts';

/** What the gateway may or may not tell of a payment (mission, Reconciliation Data). */
export type GatewaySide = Pick<
  Row,
  'webhookEvent' | 'phonepe_transaction_id' | 'payment_mode' | 'utr' | 'upi_transaction_id' | 'vpa'
>;

/** The gateway's side as an event tells it. */
export function toldBy(data: PaymentCompletedData | PaymentFailedData): GatewaySide {
  const { instrument } = data;
  const upi = instrument?.mode === 'UPI' ? instrument : undefined;
  const other = instrument?.mode === 'OTHER' ? instrument : undefined;
  return {
    webhookEvent: data.gatewayEvent,
    phonepe_transaction_id: data.gatewayTransactionId,
    payment_mode: instrument?.mode,
    utr: upi?.utr ?? other?.utr,
    upi_transaction_id: upi?.upiTransactionId,
    vpa: upi?.vpa,
  };
}

/**
 * What two tellings of the same payment say together, whichever came first: an absent value never replaces a present
 * one; of two different values the one that says more stays, else the one that sorts first.
 */
export function joinGatewaySides(a: GatewaySide, b: GatewaySide): GatewaySide {
  return {
    webhookEvent: firstOf(a.webhookEvent, b.webhookEvent, isOurOwnReason),
    phonepe_transaction_id: firstOf(a.phonepe_transaction_id, b.phonepe_transaction_id),
    payment_mode: firstOf(a.payment_mode, b.payment_mode, (mode) => mode === 'OTHER'),
    utr: firstOf(a.utr, b.utr),
    upi_transaction_id: firstOf(a.upi_transaction_id, b.upi_transaction_id),
    vpa: firstOf(a.vpa, b.vpa),
  };
}

/** Of two texts the one that is not `isWeak`, else the one that sorts first; of one, that one. */
export function firstOf(
  a: string | undefined,
  b: string | undefined,
  isWeak: (text: string) => boolean = () => false,
): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (isWeak(a) !== isWeak(b)) return isWeak(a) ? b : a;
  return a < b ? a : b;
}

/** Why we looked by ourselves; the gateway's own event names say more. */
function isOurOwnReason(gatewayEvent: string): boolean {
  return ['browser.return', 'sweep', 'manual', 'checkout'].includes(gatewayEvent);
}
