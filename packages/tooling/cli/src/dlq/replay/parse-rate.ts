import { wholeNumber } from '../../parse-number.ts';

const parse = wholeNumber('a rate is letters in a second, 25 or 25/s,', 1, 999_999);

/** `25` or `25/s`. */
export function parseRate(text: string): number {
  return parse(text.replace(/\/s$/, ''));
}
