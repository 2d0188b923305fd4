import { InvalidArgumentError } from 'commander';

const DAY_SECONDS = 24 * 60 * 60;

/** A token's life, from a second to a day. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > DAY_SECONDS) {
    throw new InvalidArgumentError(`seconds are a whole number from 1 to ${DAY_SECONDS}.`);
  }
  return seconds;
}
