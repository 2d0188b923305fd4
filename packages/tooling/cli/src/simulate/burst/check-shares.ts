import { CliError } from '../../cli-error.ts';
import { faultNames } from './fates.ts';
import type { Shares } from './options.ts';

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
