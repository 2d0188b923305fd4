const FIRST_MS = 100;
const LONGEST_MS = 5000;

/** How long to leave a queue alone that could not be asked so many times in a row (1 or more): doubling, at most 5 s. */
export function planBackoffMs(failuresInARow: number): number {
  return Math.min(FIRST_MS * 2 ** (failuresInARow - 1), LONGEST_MS);
}
