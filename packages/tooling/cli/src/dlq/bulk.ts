import type { LetterSource, Patience } from '@cloudnestle/operations/letters/go-through-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import type { Chosen } from '@cloudnestle/operations/letters/replay-letters';
import { CliError } from '../cli-error.ts';
import { type Consent, confirmChange } from '../operator/confirm-change.ts';
import type { Operator } from '../operator/operator.ts';
import { INTERRUPTED } from '../operator/until-interrupted.ts';
import { tell } from '../output/print.ts';
import { createProgress } from '../output/show-progress.ts';
import { countLetters, describeHidden } from './words.ts';

/** Up to so many letters the operator is not asked. */
const HANDFUL = 5;

interface BulkJob {
  source: LetterSource;
  operator: Operator;
  choose(letter: Letter): Chosen;
  /** What is done to letters, for the question: `Replay`. */
  verb: string;
  signal: AbortSignal;
}

export interface BulkOptions extends Consent {
  dryRun?: boolean;
  max?: number;
}

/**
 * Says what a bulk action is about to do and resolves once that is wanted. Where it asks, or is only tried, it looks at
 * the letters first and answers what it saw; `--yes` saves looking twice. Throws a `CliError` where nothing is meant.
 */
export async function lookFirst(job: BulkJob, options: BulkOptions): Promise<Preview | undefined> {
  const { source, operator, verb, signal } = job;
  const { max = Number.POSITIVE_INFINITY } = options;
  const { name } = source.queue;
  const seen =
    options.yes && !options.dryRun ? undefined : await preview(source, job.choose, signal);
  if (signal.aborted)
    throw new CliError('Interrupted. Nothing was changed.', { exitCode: INTERRUPTED });
  const hidden = seen?.hidden ?? 0;
  // What is hidden may be meant: it is waited for.
  if (seen && isNothing(seen) && (hidden === 0 || options.dryRun)) throw noMatch(name, hidden);
  if (options.dryRun) return seen;
  const count = seen && Math.min(seen.counts.chosen, max);
  const letters = count === undefined ? atMost(options.max) : countLetters(count);
  const asks = Math.min((count ?? 0) + hidden, max) > HANDFUL;
  const and = hidden > 0 ? `, and what matches of the rest. ${describeHidden(hidden)}` : '.';
  await confirmChange(operator, { what: `${verb} ${letters} of ${name}${and}`, asks }, options);
  return seen;
}

/** Said, with status 1, also where that is known only afterwards. */
export function noMatch(queue: string, hidden = 0): CliError {
  const none = `No dead letter of ${queue} matches. Nothing was changed.`;
  return new CliError(hidden > 0 ? `${none} ${describeHidden(hidden)}` : none);
}

function isNothing({ counts }: Preview): boolean {
  return counts.chosen + counts.cannotSucceed + counts.noDestination === 0;
}

function atMost(max: number | undefined): string {
  return max === undefined
    ? 'every letter that matches'
    : `at most ${max} of the letters that match`;
}

/** What a bulk action would meet, and the reasons of the letters it would take. */
export interface Preview {
  counts: Readonly<Record<Chosen, number>>;
  /** Letters by reason. */
  reasons: Readonly<Record<string, number>>;
  /** Letters that another command holds, about: they may be meant. */
  hidden: number;
}

/** Looks at the letters of a queue and gives all of them back. */
async function preview(
  source: LetterSource,
  choose: (letter: Letter) => Chosen,
  signal: AbortSignal,
): Promise<Preview> {
  const counts = {
    chosen: 0,
    notMeant: 0,
    failedAgain: 0,
    cameMeanwhile: 0,
    cannotSucceed: 0,
    noDestination: 0,
  };
  const reasons = new Map<string, number>();
  const note = (letter: Letter) => {
    const choice = choose(letter);
    counts[choice] += 1;
    const { reason } = letter.failure;
    if (choice === 'chosen') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  const bar = createProgress('look');
  const looked = lookAtLetters(source, note, { signal, onProgress: bar.show });
  const { hidden } = await looked.finally(bar.end);
  return { counts, reasons: Object.fromEntries(reasons), hidden };
}

/** What is seen of a bulk action while it works: a bar, and a line where it waits for another command. */
export function showWork(title: string, expected: number | undefined) {
  const bar = createProgress(title);
  const patience: Patience = {
    onWait: (hidden) => {
      bar.end();
      tell(`waiting for ${countLetters(hidden)} that somebody else holds`);
    },
  };
  return {
    patience,
    onProgress: (done: number) => bar.show({ found: Math.max(done, expected ?? done), done }),
    end: bar.end,
  };
}
