import { describeFilter } from '@cloudnestle/operations/letters/letter-filter';
import {
  type Choice,
  chooseLetter,
  type Replayed,
  replayLetters,
} from '@cloudnestle/operations/letters/replay-letters';
import type { StageLetters } from '@cloudnestle/operations/letters/stage-letters';
import {
  LOOK_EVERY_MS,
  type Watched,
  watchReplay,
} from '@cloudnestle/operations/letters/watch-replay';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { readEnvironment } from '../../environment/read-environment.ts';
import { logAction } from '../../operator/action-log.ts';
import { checkStage } from '../../operator/confirm-change.ts';
import { identifyOperator, type Operator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { formatTable } from '../../output/format-table.ts';
import { print } from '../../output/print.ts';
import { pauseMs, shell } from '../../shell.ts';
import { type BulkOptions, lookFirst, noMatch, type Preview, showWork } from '../bulk.ts';
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
  const operator = await identifyOperator(stage.stage);
  const signal = untilInterrupted();
  const choice = {
    filter: toFilter(options),
    force: options.force === true,
    stamp: { replayedBy: operator.caller, replayedAt: new Date().toISOString() },
  };
  const bulk = {
    source,
    operator,
    verb: 'Replay',
    choose: (letter: Parameters<typeof chooseLetter>[0]) => chooseLetter(letter, choice),
    signal,
  };
  const seen = await lookFirst(bulk, options);
  const { name } = source.queue;
  if (seen && options.dryRun) return print(options.json ? seen : formatPreview(name, seen));
  const expected = seen && Math.min(seen.counts.chosen, options.max ?? Number.POSITIVE_INFINITY);
  const job = { ...choice, letters, source, operator, expected, signal };
  const result = await replayQueue(job, options);
  if (isNothing(result)) throw noMatch(name, result.hidden);
  print(options.json ? result : formatReplay(name, result));
  if (!isAllDone(result)) shell().status ??= 1;
}

interface QueueReplay extends Choice {
  letters: StageLetters;
  source: StageLetters['sources'][number];
  operator: Operator;
  /** Letters that it will take, where that is known. */
  expected: number | undefined;
  signal: AbortSignal;
}

/** What a replay did, and what was seen of it afterwards. */
export interface ReplayResult extends Replayed {
  stamp: Choice['stamp'];
  /** Undefined where it was not watched. */
  watched: Watched | undefined;
}

/** Moves the letters, writes down who did it, and watches what becomes of them. */
async function replayQueue(
  job: QueueReplay,
  { max, rate, watch }: Pick<ReplayOptions, 'max' | 'rate' | 'watch'>,
): Promise<ReplayResult> {
  const { letters, source, operator, filter, force, stamp, signal } = job;
  const work = showWork('replay', job.expected);
  const { counts, hidden, brokenOff } = await replayLetters(source, {
    filter,
    force,
    stamp,
    liveUrls: letters.liveUrls,
    max,
    rate,
    signal,
    onProgress: work.onProgress,
    patience: work.patience,
  });
  work.end();
  const replayed = { counts, hidden, ...(brokenOff === undefined ? {} : { brokenOff }) };
  if (isNothing(replayed)) return { ...replayed, stamp, watched: undefined };
  await logAction(operator, {
    action: 'dlq replay',
    target: { queue: source.queue.name, ...describeFilter(filter), force, max, rate, brokenOff },
    counts: { ...counts },
  });
  const watched =
    watch > 0 && counts.moved > 0
      ? await watchReplay(subscribersOf(job), stamp, {
          seconds: watch,
          signal,
          lookEveryMs: pauseMs(LOOK_EVERY_MS),
        })
      : undefined;
  return { ...replayed, stamp, watched };
}

/** Where letters that fail again turn up: what EventBridge could not deliver is, from now on, a subscriber's. */
function subscribersOf({ letters, source }: QueueReplay): StageLetters['sources'] {
  return source.queue.liveUrl === undefined
    ? letters.sources.filter(({ queue }) => queue.liveUrl !== undefined)
    : [source];
}

/** Whether every letter that was meant is in its queue, and none was seen to fail again. */
export function isAllDone({ counts, hidden, brokenOff, watched }: ReplayResult): boolean {
  const left = counts.notSent + counts.notDeleted + counts.cannotSucceed + counts.noDestination;
  const failed = counts.failedAgain + Object.keys(watched?.failedAgain ?? {}).length;
  return brokenOff === undefined && left === 0 && hidden === 0 && failed === 0;
}

/** Whether no letter was meant at all. */
function isNothing({ counts, brokenOff }: Replayed): boolean {
  const met = counts.moved + counts.notSent + counts.cannotSucceed + counts.noDestination;
  return brokenOff === undefined && met === 0;
}

/** What a replay would do. */
function formatPreview(queue: string, { counts, reasons, hidden }: Preview): string {
  const { cannotSucceed, noDestination } = counts;
  return joinLines(
    counts.chosen > 0 && formatReasons(`of ${queue}, would be moved`, reasons),
    cannotSucceed > 0 &&
      `${cannotSucceed} can never succeed by the contracts of this version: refused without --force.`,
    noDestination > 0 && `${noDestination} do not say whose they are: they stay.`,
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
