import type { Action } from '@cloudnestle/operations/actions/change';
import type { LetterSource, Patience } from '@cloudnestle/operations/letters/go-through-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import {
  isNothing,
  type Preview,
  previewLetters,
} from '@cloudnestle/operations/letters/preview-letters';
import type { Chosen } from '@cloudnestle/operations/letters/replay-letters';
import { CliError } from '../cli-error.ts';
import { type BegunAction, beginAction } from '../operator/action-log.ts';
import { type Consent, confirmChange } from '../operator/confirm-change.ts';
import type { ActingOperator } from '../operator/operator.ts';
import { INTERRUPTED } from '../operator/until-interrupted.ts';
import { tell } from '../output/print.ts';
import { createProgress } from '../output/show-progress.ts';
import type { OneWalk } from './one-walk.ts';
import { countLetters, describeHidden } from './words.ts';

/** Up to so many letters the operator is not asked. */
export const HANDFUL = 5;

interface BulkJob {
  source: LetterSource;
  operator: ActingOperator;
  /** `dlq replay`, and its filters. */
  action: Pick<Action, 'action' | 'target'>;
  choose(letter: Letter): Chosen;
  /** What is done to letters, for the question: `Replay`. */
  verb: string;
  signal: AbortSignal;
  walk: OneWalk;
}

export interface BulkOptions extends Consent {
  dryRun?: boolean;
  max?: number;
}

/** What was seen, if it was looked; and the action, which has begun unless it is only tried. */
type Begun =
  | { kind: 'tried'; seen: Preview }
  | { kind: 'begun'; seen: Preview | undefined; begun: BegunAction };

/**
 * Says what a bulk action is about to do and resolves once that is wanted, and is written down. Where it asks, or is only
 * tried, it looks at the letters first; `--yes` saves looking twice. Throws a `CliError` where nothing is meant.
 */
export async function lookFirst(job: BulkJob, options: BulkOptions): Promise<Begun> {
  const { source, operator, verb, signal } = job;
  const { max = Number.POSITIVE_INFINITY } = options;
  const { name } = source.queue;
  const seen = options.yes && !options.dryRun ? undefined : await preview(job);
  if (signal.aborted)
    throw new CliError('Interrupted. Nothing was changed.', { exitCode: INTERRUPTED });
  const hidden = seen?.hidden ?? 0;
  // What is hidden may be meant: it is waited for.
  if (seen && isNothing(seen) && (hidden === 0 || options.dryRun)) throw noMatch(name, hidden);
  if (seen && options.dryRun) return { kind: 'tried', seen };
  const count = seen && Math.min(seen.counts.chosen, max);
  const letters = count === undefined ? atMost(options.max) : countLetters(count);
  const asks = Math.min((count ?? 0) + hidden, max) > HANDFUL;
  const and = hidden > 0 ? `, and what matches of the rest. ${describeHidden(hidden)}` : '.';
  const what = `${verb} ${letters} of ${name}${and}`;
  const why = await confirmChange(operator, { what, asks }, options);
  return { kind: 'begun', seen, begun: await beginAction(operator, { ...job.action, why }) };
}

/** Said, with status 1, also where that is known only afterwards. */
export function noMatch(queue: string, hidden = 0): CliError {
  const none = `No dead letter of ${queue} matches. Nothing was changed.`;
  return new CliError(hidden > 0 ? `${none} ${describeHidden(hidden)}` : none);
}

function atMost(max: number | undefined): string {
  return max === undefined
    ? 'every letter that matches'
    : `at most ${max} of the letters that match`;
}

/** With a bar, and what is seen given back. */
function preview({ source, choose, signal, walk }: BulkJob): Promise<Preview> {
  const bar = createProgress('look');
  const looked = walk.alone(source, signal, (own) =>
    previewLetters(source, choose, { signal: own, onProgress: bar.show }),
  );
  return looked.finally(bar.end);
}

/** What is seen of a bulk action while it works: a bar, and a line where it waits for another command. */
export function showWork(title: string, expected: number | undefined) {
  const bar = createProgress(title);
  const patience: Patience = {
    onWait: (hidden) => {
      bar.end();
      tell(`waiting for ${countLetters(hidden)} that another client holds`);
    },
  };
  return {
    patience,
    onProgress: (done: number) => bar.show({ found: Math.max(done, expected ?? done), done }),
    end: bar.end,
  };
}
