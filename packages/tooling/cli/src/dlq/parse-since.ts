import { istMidnight } from '@cloudnestle/payments/ist';
import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

/** Letters are kept for two weeks; ten years are enough for everybody. */
const MOST_MS = 3650 * 86_400_000;

const unitsMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `30m`, `2h`, `3d` before now; a day, which begins in India; or a moment with its zone. */
export function parseSince(text: string, now: Date = new Date()): Date {
  const since = readAge(text.trim(), now) ?? readDay(text.trim()) ?? readMoment(text.trim());
  if (since) return since;
  throw new InvalidArgumentError(
    'a time is 90s, 30m, 2h, 3d (ago), a day, 2026-01-31, or a moment with its zone, 2026-01-31T10:00Z.',
  );
}

function readAge(text: string, now: Date): Date | undefined {
  const [, digits, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ageMs = Number(digits) * (unitsMs[unit] ?? Number.NaN);
  return ageMs <= MOST_MS ? new Date(now.getTime() - ageMs) : undefined;
}

function readDay(text: string): Date | undefined {
  const day = z.iso.date().safeParse(text);
  return day.success ? istMidnight(day.data) : undefined;
}

const momentSchema = z.union([
  z.iso.datetime({ offset: true }),
  z.iso.datetime({ offset: true, precision: -1 }),
]);

/** Without a zone it could be the operator's, India's or the one that the output is in. */
function readMoment(text: string): Date | undefined {
  const moment = momentSchema.safeParse(text);
  return moment.success ? new Date(moment.data) : undefined;
}
