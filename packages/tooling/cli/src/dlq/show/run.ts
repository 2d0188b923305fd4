import { describeLetter } from '@cloudnestle/operations/letters/describe-letter';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { collectNewest } from '@cloudnestle/operations/letters/newest-letters';
import { CliError } from '../../cli-error.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { openWalks, type WalkOptions } from '../one-walk.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeHidden } from '../words.ts';
import { formatShown } from './format-letters.ts';

export interface ShowOptions extends FilterOptions, WalkOptions {
  limit: number;
  json?: boolean;
  reveal?: boolean;
}

/** Looks at every letter of a queue, gives back, prints those that are meant. */
export async function runShow(
  queueName: string,
  id: string | undefined,
  { limit, json = false, reveal = false, anyway = false, ...options }: ShowOptions,
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
  const walk = await openWalks(stage, { anyway, mayLookAnyway: true });
  const looked = await walk
    .alone(source, untilInterrupted(), (signal) =>
      lookAtLetters(source, note, { signal, isEnough: () => isFound, onProgress: bar.show }),
    )
    .finally(bar.end);
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
