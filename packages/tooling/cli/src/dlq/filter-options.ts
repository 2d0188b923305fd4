import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import { type Command, InvalidArgumentError } from 'commander';
import type { LetterFilter } from '../letters/letter-filter.ts';
import { parseSince } from './parse-since.ts';

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
function parseText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new InvalidArgumentError('it is empty, which would mean every letter.');
  return trimmed;
}
