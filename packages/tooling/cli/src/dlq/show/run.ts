import type { Letter } from '@cloudnestle/operations/letters/letter';
import { failedAt, matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { CliError } from '../../cli-error.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeHidden } from '../words.ts';
import { describeLetter } from './describe-letter.ts';
import { formatShown } from './format-letters.ts';

export interface ShowOptions extends FilterOptions {
  limit: number;
  json?: boolean;
  reveal?: boolean;
}

/** Looks at every letter of a queue, gives back, prints those that are meant. */
export async function runShow(
  queueName: string,
  id: string | undefined,
  { limit, json = false, reveal = false, ...options }: ShowOptions,
): Promise<void> {
  if (id !== undefined && options.id !== undefined) throw new CliError('Either an id or --id.');
  const wanted = id?.trim();
  if (wanted === '') throw new CliError('An id is empty.');
  const stage = await readEnvironment();
  const source = openLetters(stage).find(queueName);
  const queue = source.queue.name;
  const filter = toFilter(wanted === undefined ? options : { ...options, id: wanted });

  const newest = collectNewest(limit);
  let isFound = false;
  const note = (letter: Letter) => {
    if (!matchesFilter(letter, filter)) return;
    newest.add(letter);
    // No other letter has this one's message id.
    isFound ||= letter.messageId === filter.id;
  };
  const bar = createProgress(queue);
  const looked = await lookAtLetters(source, note, {
    signal: untilInterrupted(),
    isEnough: () => isFound,
    onProgress: bar.show,
  }).finally(bar.end);
  if (newest.matched() === 0) throw noMatch(queue, looked);

  const letters = newest.letters().map((letter) => describeLetter(letter, { reveal }));
  const matched = newest.matched();
  const shown = {
    queue,
    matched,
    hidden: isFound ? 0 : looked.hidden,
    isCut: letters.length < matched || looked.isCut,
    isWhollySeen: !looked.isCut,
    letters,
  };
  print(json ? shown : formatShown(shown, { isWhole: wanted !== undefined }));
}

function noMatch(queue: string, { seen, hidden }: { seen: number; hidden: number }): CliError {
  const none = seen === 0 ? `${queue} has no dead letters.` : `No dead letter of ${queue} matches.`;
  return new CliError(hidden === 0 ? none : `${none} ${describeHidden(hidden)}`);
}

/** The letters that failed last, so many of them at most, and how many there were in all. */
interface Newest {
  add(letter: Letter): void;
  /** The newest failure first. */
  letters(): Letter[];
  matched(): number;
}

/** Keeps no more than twice as many letters as are wanted, however many there are. */
export function collectNewest(limit: number): Newest {
  let kept: Letter[] = [];
  let matched = 0;
  const cut = () => {
    kept = kept.toSorted(byFailure).slice(0, limit);
  };
  return {
    add: (letter) => {
      matched += 1;
      kept.push(letter);
      if (kept.length >= 2 * limit) cut();
    },
    letters: () => {
      cut();
      return kept;
    },
    matched: () => matched,
  };
}

/** By message id where two failed in the same millisecond, so that the same letters come in the same order. */
function byFailure(a: Letter, b: Letter): number {
  return failedAt(b).getTime() - failedAt(a).getTime() || a.messageId.localeCompare(b.messageId);
}
