import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { addMs, type Clock } from '@cloudnestle/payments/clock';
import type { Gateways, PaymentGateway } from '@cloudnestle/payments/gateway';
import { type Reservation, refuse } from '@cloudnestle/payments/refunds/judge-reservation';
import { type OrderHolds, reserveOnOrder } from './order-money.ts';
import type { RefundClaim, RefundRows } from './refund-rows.ts';

export interface ReserveDependencies extends OrderHolds {
  refunds: RefundRows;
  gateways: Gateways;
  now: Clock;
  /** The order's row as it stands now (consistent read). */
  findTransaction(transactionId: string): Promise<Record<string, unknown> | undefined>;
}

/** Longer than any function may live: a claimant that was held up has written its last by then. */
const LAST_LOOK_MS = 10 * 60_000;
/** A refund whose event is lost is taken up by the sweep after this. */
const SUBMIT_WITHIN_MS = 60_000;

/**
 * A REQUESTED refund's amount is set aside on its order, or the refund is refused. Undefined where the claim does not stand
 * any more. The order's row comes first: a death between the two writes leaves a hold whose refund finds it at the next
 * look. A refused one is looked at once more, in case that another claimant of before was just setting it aside.
 * `releases`: the claim ends with it, and the refund is sent by the next look.
 */
export async function reserveRefund(
  deps: ReserveDependencies,
  refund: RefundItem,
  claim: RefundClaim,
  { releases }: { releases: boolean },
): Promise<RefundItem | undefined> {
  const answer = await judge(deps, refund);
  const now = deps.now();
  const updatedAt = now.toISOString();
  if (answer.kind === 'refused') {
    return deps.refunds.write(claim, {
      state: 'REFUSED',
      refusal: answer.refusal,
      nextCheckAt: addMs(now, LAST_LOOK_MS).toISOString(),
      leaseUntil: undefined,
      updatedAt,
    });
  }
  return deps.refunds.write(claim, {
    state: 'RESERVED',
    amountInPaisa: answer.amountInPaisa,
    updatedAt,
    ...(releases
      ? { nextCheckAt: addMs(now, SUBMIT_WITHIN_MS).toISOString(), leaseUntil: undefined }
      : {}),
  });
}

async function judge(deps: ReserveDependencies, refund: RefundItem): Promise<Reservation> {
  const { refundId, transactionId, reason, requestedInPaisa } = refund;
  const row = await deps.findTransaction(transactionId);
  const gateway = row && findGateway(deps.gateways, row);
  if (!gateway) {
    return refuse('CANNOT_BE_ASKED', 'the gateway that took the payment is not registered here');
  }
  const wish = { refundId, reason, amountInPaisa: requestedInPaisa };
  return reserveOnOrder(deps, transactionId, wish, { gateway, now: deps.now() });
}

/** The gateway where the order was opened; undefined where it is none of the registered ones. */
export function findGateway(
  gateways: Gateways,
  { paymentMethod }: Readonly<Record<string, unknown>>,
): PaymentGateway | undefined {
  const name = typeof paymentMethod === 'string' ? paymentMethod : undefined;
  const gateway = gateways.of({ paymentMethod: name });
  return gateways.all.includes(gateway) ? gateway : undefined;
}
