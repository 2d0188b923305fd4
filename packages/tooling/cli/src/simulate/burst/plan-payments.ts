import type { PaymentMode } from '@cloudnestle/phonepe-sandbox/orders/order';
import { CliError } from '../../cli-error.ts';
import { type FateName, type FaultName, fateNames, fates, faultNames } from './fates.ts';

/** The shares of payments that meet each fault, 0 to 1. */
export type Shares = Record<FaultName, number>;

/** One payment that is to be made. */
export interface PlannedPayment {
  fate: FateName;
  mode: PaymentMode;
  /** What is bought; undefined: the tier pro, as a page of before there were plans asks for it. */
  plan?: BoughtPlan;
}

export interface BoughtPlan {
  tier: string;
  planId: string;
}

const modes = ['UPI', 'CARD', 'NET_BANKING'] as const satisfies readonly PaymentMode[];

/**
 * `count` payments in which every fate has its share, as exactly as whole payments can: the counts follow from the shares
 * alone, and which payment has which fate from `random`. What the shares leave is paid.
 */
export function planPayments(
  count: number,
  shares: Shares,
  random: () => number,
): PlannedPayment[] {
  const dealt = countFates(count, shares).flatMap(({ fate, payments }) =>
    Array.from({ length: payments }, () => fate),
  );
  return shuffle(dealt, random).map((fate) => ({ fate, mode: pick(modes, random) }));
}

/** The largest remainders get what is left over after rounding down. */
function countFates(count: number, shares: Shares): { fate: FateName; payments: number }[] {
  const faults = faultNames.reduce((sum, name) => sum + shares[name], 0);
  const shareOf = (fate: FateName) => (fate === 'paid' ? Math.max(0, 1 - faults) : shares[fate]);
  const exact = fateNames.map((fate) => ({ fate, payments: shareOf(fate) * count }));
  const left = exact.reduce((rest, { payments }) => rest - Math.floor(payments), count);
  const rounded = new Set(
    exact
      .toSorted((one, other) => (other.payments % 1) - (one.payments % 1))
      .slice(0, left)
      .map(({ fate }) => fate),
  );
  return exact.map(({ fate, payments }) => ({
    fate,
    payments: Math.floor(payments) + (rounded.has(fate) ? 1 : 0),
  }));
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function pick<Item>(items: readonly [Item, ...Item[]], random: () => number): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** Sums of such fractions are off by less. */
const ROUNDING = 1e-9;

/** Throws a `CliError` where there are more faults than payments. */
export function checkShares(shares: Shares): void {
  const sum = faultNames.reduce((total, name) => total + shares[name], 0);
  if (sum <= 1 + ROUNDING) return;
  const rounded = Number(sum.toFixed(6));
  throw new CliError(
    `The rates add up to ${rounded}: a payment meets one fault, so 1 is the most.`,
  );
}

/** `21 paid, 3 declined`. */
export function describePlan(planned: readonly PlannedPayment[]): string {
  return fateNames
    .map((name) => ({ name, count: planned.filter(({ fate }) => fate === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${fates[name].words}`)
    .join(', ');
}

/** Numbers from 0 (included) to 1 (excluded), the same ones for the same seed (mulberry32): to repeat, not to hide. */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
