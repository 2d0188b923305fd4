import { InvalidArgumentError } from 'commander';

/** A whole number, at least `least`. */
export function wholeNumber(what: string, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least) return number;
    throw new InvalidArgumentError(`${what} is a whole number, at least ${least}.`);
  };
}

/** `25` or `25/s`. */
export function parseRate(text: string): number {
  const [, digits] = /^(\d{1,6})(?:\/s)?$/.exec(text) ?? [];
  const rate = Number(digits);
  if (digits !== undefined && rate >= 1) return rate;
  throw new InvalidArgumentError('a rate is letters in a second, 25 or 25/s.');
}
