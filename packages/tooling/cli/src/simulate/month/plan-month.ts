import type { PaymentMode } from '@cloudnestle/phonepe-sandbox/orders/order';
import type { BoughtPlan, PlannedPayment } from '../burst/plan-payments.ts';
import { planPayments, type Shares } from '../burst/plan-payments.ts';

export const DAYS = 30;
/** The clock moves on so many times a day. */
export const STEPS_A_DAY = 4;

/** What is planned between two moves of the clock. */
export interface MonthStep {
  payments: PlannedPayment[];
  /** How many of the orders that are paid by now are to be paid back, whole or in part. */
  refunds: readonly RefundPlan[];
}

export interface RefundPlan {
  /** Which of the paid orders: a share of the way through their list. */
  at: number;
  /** Share of the amount; 1: all of it. */
  share: number;
}

/** Of all that begin: what does not simply pay. */
const shares: Shares = {
  duplicate: 0.02,
  secondAttempt: 0.03,
  declined: 0.06,
  cancelled: 0.05,
  expired: 0.03,
  lost: 0.02,
  abandoned: 0.08,
};
const REFUND_SHARE = 0.03;
/** By the hours of a day in India: few at night, most in the evening. */
const stepWeights = [0.08, 0.27, 0.3, 0.35] as const;
/** From Sunday on. */
const weekdayWeights = [0.7, 1.05, 1.1, 1.05, 1, 1.1, 0.8] as const;
/** Buyers by the end of the month, for each one of its first day. */
const GROWTH = 1.4;

const modes: readonly (readonly [PaymentMode, number])[] = [
  ['UPI', 0.72],
  ['CARD', 0.2],
  ['NET_BANKING', 0.08],
];

/**
 * A month of `orders` from `from` on: the same one for the same seed. The counts of fates follow their shares exactly; days
 * differ by weekday, growth and chance.
 */
export function planMonth(
  orders: number,
  options: { from: Date; plans: readonly BoughtPlan[]; random: () => number },
): MonthStep[] {
  const { from, plans, random } = options;
  const dealt = planPayments(orders, shares, random).map(
    (payment): PlannedPayment => ({
      ...payment,
      mode: pickByWeight(modes, random),
      ...pickPlan(plans, random),
    }),
  );
  const steps = Array.from({ length: DAYS * STEPS_A_DAY }, (_, at) => weigh(at, from, random));
  let begun = 0;
  return spread(orders, steps).map((count) => {
    const payments = dealt.slice(begun, begun + count);
    begun += count;
    return { payments, refunds: planRefunds(count, random) };
  });
}

function weigh(at: number, from: Date, random: () => number): number {
  const day = Math.floor(at / STEPS_A_DAY);
  const weekday = new Date(from.getTime() + day * 86_400_000).getUTCDay();
  const growth = 1 + (GROWTH - 1) * (day / DAYS);
  const chance = 0.85 + random() * 0.3;
  return (stepWeights[at % STEPS_A_DAY] ?? 0) * (weekdayWeights[weekday] ?? 1) * growth * chance;
}

/** Whole numbers that add up to `total`, by their weights. */
function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const due = Math.round((total * weightSoFar) / sum) - given;
    given += due;
    return due;
  });
}

/** About every second refund is of the whole amount. */
function planRefunds(count: number, random: () => number): RefundPlan[] {
  const exact = count * REFUND_SHARE;
  const whole = Math.floor(exact) + (random() < exact % 1 ? 1 : 0);
  return Array.from({ length: whole }, () => ({
    at: random(),
    share: random() < 0.5 ? 1 : 0.1 + random() * 0.8,
  }));
}

/** The first plan is the one that most buy. */
function pickPlan(plans: readonly BoughtPlan[], random: () => number): { plan?: BoughtPlan } {
  const [first, ...others] = plans;
  const draw = random();
  if (!first) return {};
  const other = others[Math.floor(((draw - 0.6) / 0.4) * others.length)];
  return { plan: draw < 0.6 ? first : (other ?? first) };
}

function pickByWeight<Item>(items: readonly (readonly [Item, number])[], random: () => number) {
  let left = random();
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  throw new Error('the weights do not add up to 1');
}
