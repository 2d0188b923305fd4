import { describeFilter } from '@cloudnestle/operations/letters/letter-filter';
import type { Preview } from '@cloudnestle/operations/letters/preview-letters';
import {
  hasMetNothing,
  isAllDone,
  type ReplayResult,
  replayAndWatch,
} from '@cloudnestle/operations/letters/replay-and-watch';
import {
  type Choice,
  chooseLetter,
  type Replayed,
} from '@cloudnestle/operations/letters/replay-letters';
import type { StageLetters } from '@cloudnestle/operations/letters/stage-letters';
import { LOOK_EVERY_MS } from '@cloudnestle/operations/letters/watch-replay';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { readEnvironment } from '../../environment/read-environment.ts';
import { checkStage } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { formatTable } from '../../output/format-table.ts';
import { print } from '../../output/print.ts';
import { pauseMs, shell } from '../../shell.ts';
import { type BulkOptions, lookFirst, noMatch, showWork } from '../bulk.ts';
import { type OneWalk, openWalks } from '../one-walk.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeHidden, describeLeftHidden, formatReasons, joinLines } from '../words.ts';

export interface ReplayOptions extends FilterOptions, BulkOptions {
  force?: boolean;
  rate?: number;
  /** Seconds. */
  watch: number;
  json?: boolean;
}

/** Looks, asks, moves, watches, prints, and sets the exit status. */
export async function runReplay(queueName: string, options: ReplayOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const letters = openLetters(stage);
  const source = letters.find(queueName);
  const operator = await openOperator(stage);
  const signal = untilInterrupted();
  const walk = await openWalks(stage, { by: operator.caller, mayLookAnyway: false });
  const choice = {
    filter: toFilter(options),
    force: options.force === true,
    stamp: { replayedBy: operator.caller, replayedAt: new Date().toISOString() },
  };
  const bulk = {
    source,
    operator,
    action: {
      action: 'dlq replay',
      target: {
        queue: source.queue.name,
        ...describeFilter(choice.filter),
        force: choice.force,
        max: options.max,
        rate: options.rate,
      },
    },
    verb: 'Replay',
    choose: (letter: Parameters<typeof chooseLetter>[0]) => chooseLetter(letter, choice),
    signal,
    walk,
  };
  const looked = await lookFirst(bulk, options);
  const { seen } = looked;
  const { name } = source.queue;
  if (looked.kind === 'tried') return print(options.json ? seen : formatPreview(name, looked.seen));
  const expected = seen && Math.min(seen.counts.chosen, options.max ?? Number.POSITIVE_INFINITY);
  const write = ({ counts, brokenOff }: Replayed) =>
    looked.begun.end(brokenOff === undefined ? 'DONE' : 'FAILED', {
      target: { ...bulk.action.target, brokenOff },
      counts: { ...counts },
    });
  const job = { ...choice, letters, source, expected, walk, write };
  const result = await walk.change(looked.begun, source, signal, (own) =>
    replayQueue({ ...job, signal: own }, options),
  );
  if (hasMetNothing(result)) {
    await looked.begun.dismiss();
    throw noMatch(name, result.hidden);
  }
  print(options.json ? result : formatReplay(name, result));
  if (!isAllDone(result)) shell().status ??= 1;
}

interface QueueReplay extends Choice {
  letters: StageLetters;
  source: StageLetters['sources'][number];
  /** Writes down what was done. */
  write(replayed: Replayed): Promise<void>;
  /** Letters that it will take, where that is known. */
  expected: number | undefined;
  signal: AbortSignal;
  walk: OneWalk;
}

/** Moves the letters, writes down who did it, and watches what becomes of them. */
async function replayQueue(
  { write, expected, walk, ...job }: QueueReplay,
  { max, rate, watch }: Pick<ReplayOptions, 'max' | 'rate' | 'watch'>,
): Promise<ReplayResult> {
  const work = showWork('replay', expected);
  return replayAndWatch({
    ...job,
    max,
    rate,
    onProgress: work.onProgress,
    patience: work.patience,
    walk: walk.shared(),
    watch: { seconds: watch, lookEveryMs: pauseMs(LOOK_EVERY_MS) },
    onMoved: async (replayed) => {
      work.end();
      await write(replayed);
    },
  }).finally(work.end);
}

/** What a replay would do. */
function formatPreview(queue: string, preview: Preview): string {
  const { counts, reasons, obstacles, hidden } = preview;
  const { cannotSucceed, noDestination } = counts;
  return joinLines(
    counts.chosen > 0 && formatReasons(`of ${queue}, would be moved`, reasons),
    cannotSucceed > 0 &&
      `${cannotSucceed} can never succeed by the contracts of this version: refused without --force.`,
    noDestination > 0 && `${noDestination} do not say whose they are: they stay.`,
    cannotSucceed > 0 && formatReasons('would stay, because', obstacles),
    hidden > 0 && describeHidden(hidden),
    'Nothing was changed.',
  );
}

/** What a replay did, in the order in which an operator asks. */
export function formatReplay(queue: string, result: ReplayResult): string {
  const { counts, hidden, brokenOff, watched, stamp } = result;
  const { failedAgain, stillAtWork } = watched ?? { failedAgain: {}, stillAtWork: 0 };
  const facts: [string, number][] = [
    ['moved', counts.moved],
    ['refused: can never succeed (--force)', counts.cannotSucceed],
    ['left: nothing says whose they are', counts.noDestination],
    ['left: came after the start', counts.cameMeanwhile],
    ['left: SQS did not take them', counts.notSent],
    ['moved, but not deleted here', counts.notDeleted],
    ['moved without all of who replayed it: SQS takes ten attributes', counts.stampCut],
  ];
  const rows = facts.filter(([what, count]) => what === 'moved' || count > 0);
  return joinLines(
    formatTable(
      [`replay of ${queue}`, stamp.replayedAt],
      rows.map(([what, count]) => [what, String(count)]),
    ),
    Object.keys(failedAgain).length > 0 && formatReasons('failed again', failedAgain),
    stillAtWork > 0 &&
      `${stillAtWork} messages still wait or are being worked on: ${PROGRAM} dlq list shows what becomes of them.`,
    hidden > 0 && describeLeftHidden(hidden),
    brokenOff !== undefined &&
      `Broken off: ${brokenOff}. The rest stays where it is; replay again for it.`,
  );
}
