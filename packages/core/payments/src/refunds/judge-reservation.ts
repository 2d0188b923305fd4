import type { RefundReason, RefundRefusalKind } from '@cloudnestle/contracts/items/refund';
import type { PaymentStatus } from '@cloudnestle/contracts/items/transaction';
import { addMs } from '../clock.ts';
import type { RefundLimits } from '../gateway.ts';
import { formatRupees } from '../money.ts';

/** What an order's row says of money that could go back. */
export interface RefundableOrder {
  status: PaymentStatus;
  /** What one attempt took, in paisa. */
  amountInPaisa: number;
  /** How many attempts of this one order took it. */
  completedAttempts: number;
  completedAt: Date;
  /** The buyer had paid with another order: all of this one is owed back. */
  isDuplicate: boolean;
  /** Paisa that went back. */
  refundedInPaisa: number;
  /** refundId -> paisa that is set aside for refunds under way. */
  holds: Readonly<Record<string, number>>;
  /** The buyer's bank decides about the payment, or has decided for the buyer. */
  dispute?: 'OPEN' | 'LOST' | undefined;
}

export interface RefundWish {
  refundId: string;
  /** Undefined: all that is left; of a second payment of one order that is what it took. */
  amountInPaisa?: number | undefined;
  reason: RefundReason;
}

export type Reservation =
  /** The amount is to be set aside, or is already under this id. */
  { kind: 'reserved'; amountInPaisa: number; isNew: boolean } | Refusal;

export interface Refusal {
  kind: 'refused';
  refusal: { kind: RefundRefusalKind; words: string };
}

const DAY_MS = 86_400_000;

/**
 * Whether an amount of an order can be set aside to be paid back, by its row alone. What holds and refunds make together
 * never exceeds what the buyer paid, whatever is asked and however often; a wish that has its hold already keeps it.
 */
export function judgeReservation(
  order: RefundableOrder,
  wish: RefundWish,
  { limits, now }: { limits: RefundLimits; now: Date },
): Reservation {
  const own = Object.hasOwn(order.holds, wish.refundId) ? order.holds[wish.refundId] : undefined;
  if (own !== undefined) return { kind: 'reserved', amountInPaisa: own, isNew: false };
  const obstacle = findObstacle(order, { limits, now });
  if (obstacle) return obstacle;

  const left = leftInPaisa(order);
  const owed = owedInPaisa(order, wish, left);
  if (owed <= 0) return refuse('NOTHING_LEFT', describeNothingLeft(order, left));
  const amountInPaisa = wish.amountInPaisa ?? Math.min(owed, order.amountInPaisa);
  const most = Math.min(owed, order.amountInPaisa);
  if (amountInPaisa > most) {
    return refuse(
      'TOO_MUCH',
      `${formatRupees(amountInPaisa)} is more than can go back in one refund: ${formatRupees(most)}`,
    );
  }
  if (amountInPaisa < limits.minimumInPaisa) {
    const least = formatRupees(limits.minimumInPaisa);
    return refuse(
      'TOO_SMALL',
      `the gateway pays back ${least} or more, not ${formatRupees(amountInPaisa)}`,
    );
  }
  return { kind: 'reserved', amountInPaisa, isNew: true };
}

export function refuse(kind: RefundRefusalKind, words: string): Refusal {
  return { kind: 'refused', refusal: { kind, words } };
}

function findObstacle(
  order: RefundableOrder,
  { limits, now }: { limits: RefundLimits; now: Date },
): Refusal | undefined {
  const { status, dispute, completedAt, holds } = order;
  if (status !== 'COMPLETED') {
    return refuse(
      'NOT_COMPLETED',
      `the order is ${status}: only a paid one has money to give back`,
    );
  }
  if (dispute !== undefined) {
    const said = dispute === 'OPEN' ? 'is open' : 'was lost';
    return refuse(
      'DISPUTED',
      `a dispute of this payment ${said}: the bank moves the money, and a refund would pay twice`,
    );
  }
  if (now > addMs(completedAt, limits.windowDays * DAY_MS)) {
    return refuse(
      'TOO_OLD',
      `the payment is older than ${limits.windowDays} days: the gateway refuses, so it takes a bank transfer`,
    );
  }
  const running = Object.keys(holds)[0];
  if (running !== undefined && limits.isOneAtATime) {
    return refuse(
      'ANOTHER_RUNNING',
      `refund ${running} of this order is under way, and the gateway takes one at a time`,
    );
  }
  return undefined;
}

/** What neither went back nor is on its way. */
function leftInPaisa(order: RefundableOrder): number {
  const held = Object.values(order.holds).reduce((sum, each) => sum + each, 0);
  return order.amountInPaisa * order.completedAttempts - order.refundedInPaisa - held;
}

/**
 * One payment is the buyer's wish: as a duplicate only what is beside it goes back. By the row of this moment, so an order that has
 * become the one that the buyer keeps, as the other one was paid back meanwhile, is refused.
 */
function owedInPaisa(
  { amountInPaisa, isDuplicate }: RefundableOrder,
  { reason }: RefundWish,
  left: number,
): number {
  const keepsOne = reason === 'DUPLICATE' && !isDuplicate;
  return keepsOne ? left - amountInPaisa : left;
}

function describeNothingLeft(
  { refundedInPaisa, completedAttempts }: RefundableOrder,
  left: number,
): string {
  const back = formatRupees(refundedInPaisa);
  if (left > 0 && completedAttempts === 1) {
    return 'by the books the buyer keeps this payment, and has not paid twice: another reason is needed';
  }
  return left > 0
    ? `what was paid twice went back already (${back}); for the rest another reason is needed`
    : `nothing is left to give back: ${back} went back, and the rest is on its way`;
}
