import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import type { LetterFilter } from '@cloudnestle/operations/letters/letter-filter';
import { istMidnight } from '@cloudnestle/payments/ist';
import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';

/** The options that say which letters are meant. */
export interface FilterOptions {
  since?: Date;
  type?: DetailType;
  order?: string;
  user?: string;
  reason?: string;
  id?: string;
}

/** Adds the filters, which every command on letters understands alike. */
export function addFilterOptions(command: Command): Command {
  return command
    .option(
      '--since <when>',
      'failed last since then: 90s, 30m, 2h, 3d ago, a day in India, 2026-01-31, or 2026-01-31T10:00Z',
      (text: string) => parseSince(text),
    )
    .option('--type <event>', `one of ${detailTypes.join(', ')}`, parseDetailType)
    .option('--order <id>', 'of this order, by transaction id or merchant order id', parseText)
    .option('--user <id>', 'of this buyer, by user id', parseText)
    .option(
      '--reason <text>',
      'the reason has this in it, in any case; * stands for anything',
      parseText,
    )
    .option('--id <id>', 'this letter, by message id or event id', parseText);
}

/** The filter that the options mean; without any of them, every letter. */
export function toFilter(options: FilterOptions): LetterFilter {
  const { since, type, order, user, reason, id } = options;
  return { since, type, order, user, reason, id };
}

const detailTypes = Object.keys(eventContracts).filter(isDetailType);

function isDetailType(text: string): text is DetailType {
  return Object.hasOwn(eventContracts, text);
}

function parseDetailType(text: string): DetailType {
  if (isDetailType(text)) return text;
  throw new InvalidArgumentError(`an event is one of ${detailTypes.join(', ')}.`);
}

/** Without the blanks that come along with what is copied. Nothing would mean everything: a script's unset variable must not. */
export function parseText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new InvalidArgumentError('it is empty, which would mean every letter.');
  return trimmed;
}

/** Letters are kept for two weeks; ten years are more than enough. */
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
