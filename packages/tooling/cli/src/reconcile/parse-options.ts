import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

/** A calendar day in India, `2026-01-31`. */
export function parseDay(text: string): string {
  const day = z.iso.date().safeParse(text);
  if (day.success) return day.data;
  throw new InvalidArgumentError('a day is spelled 2026-01-31.');
}

/** Questions in a second, at least one. */
export function parseRate(text: string): number {
  const rate = Number(text);
  if (!/^\d+$/.test(text) || rate < 1 || rate > 1000) {
    throw new InvalidArgumentError('a rate is a whole number from 1 to 1000.');
  }
  return rate;
}
