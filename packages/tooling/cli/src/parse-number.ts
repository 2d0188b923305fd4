import { InvalidArgumentError } from 'commander';

/** A whole number within a range; `what` begins the sentence that refuses anything else: `times are`. */
export function wholeNumber(what: string, from = 1, to = 999_999_999): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,10}$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`${what} a whole number from ${from} to ${to}.`);
  };
}

/** A share of all payments, from 0 to 1. */
export function parseShare(text: string): number {
  const share = Number(text);
  if (/^(\d+|\d*\.\d+)$/.test(text) && share <= 1) return share;
  throw new InvalidArgumentError('a rate is a number from 0 to 1, such as 0.1.');
}

/** `25` or `25/s`. */
export function parsePerSecond(text: string): number {
  return wholeNumber(
    'a rate is so many in a second, 25 or 25/s,',
    1,
    1000,
  )(text.replace(/\/s$/, ''));
}
