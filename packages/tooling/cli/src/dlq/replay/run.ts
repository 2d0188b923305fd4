import { readEnvironment } from '../../environment/read-environment.ts';
import { chooseLetter } from '../../letters/choose-letter.ts';
import { connectLetters } from '../../letters/stage-letters.ts';
import { checkStage } from '../../operator/check-stage.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { shell } from '../../shell.ts';
import { lookFirst, noMatch } from '../bulk/look-first.ts';
import { toFilter } from '../filter-options.ts';
import { formatPreview, formatReplay } from './format-replay.ts';
import type { ReplayOptions } from './options.ts';
import { isAllDone, isNothing, replayQueue } from './replay-queue.ts';

/** Looks, asks, moves, watches, prints, and sets the exit status. */
export async function runReplay(queueName: string, options: ReplayOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const letters = connectLetters(stage);
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
