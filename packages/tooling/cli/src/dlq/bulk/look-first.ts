import { CliError } from '../../cli-error.ts';
import type { Chosen } from '../../letters/choose-letter.ts';
import type { LetterSource } from '../../letters/go-through-letters.ts';
import type { Letter } from '../../letters/letter.ts';
import { type Consent, confirmChange } from '../../operator/confirm-change.ts';
import type { Operator } from '../../operator/operator.ts';
import { countLetters, describeHidden } from '../look/describe-counts.ts';
import { type Preview, preview } from './preview.ts';

/** So many letters are nothing that one asks about. */
const HANDFUL = 5;

export interface BulkJob {
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
  if (signal.aborted) throw new CliError('Interrupted. Nothing was changed.', { exitCode: 130 });
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
