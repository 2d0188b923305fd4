import type { PaymentMode } from '@cloudnestle/phonepe-sandbox/orders/outcome';
import { type FateName, fateNames, faultNames } from './fates.ts';
import type { Shares } from './options.ts';

/** One payment that is to be made. */
export interface PlannedPayment {
  fate: FateName;
  mode: PaymentMode;
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
  const fates = countFates(count, shares).flatMap(({ fate, payments }) =>
    Array.from({ length: payments }, () => fate),
  );
  return shuffle(fates, random).map((fate) => ({ fate, mode: pick(modes, random) }));
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
