import { readEnvironment } from '../../environment/read-environment.ts';
import { discardLetters } from '../../letters/discard-letters.ts';
import type { Letter } from '../../letters/letter.ts';
import { describeFilter, matchesFilter } from '../../letters/letter-filter.ts';
import { connectLetters } from '../../letters/stage-letters.ts';
import { logAction } from '../../operator/action-log.ts';
import { checkStage } from '../../operator/check-stage.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { shell } from '../../shell.ts';
import { lookFirst, noMatch } from '../bulk/look-first.ts';
import { showWork } from '../bulk/show-work.ts';
import { toFilter } from '../filter-options.ts';
import { formatDiscard, formatDiscardPreview } from './format-discard.ts';
import { createLetterFile } from './letter-file.ts';
import type { DiscardOptions } from './options.ts';

/** Looks, asks, keeps, deletes, prints, and sets the exit status. */
export async function runDiscard(queueName: string, options: DiscardOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = connectLetters(stage).find(queueName);
  const { name } = source.queue;
  const operator = await identifyOperator(stage.stage);
  const signal = untilInterrupted();
  const filter = toFilter(options);
  const startedAt = new Date();
  const isMeant = (letter: Letter) => letter.sentAt <= startedAt && matchesFilter(letter, filter);
  const choose = (letter: Letter) => (isMeant(letter) ? 'chosen' : 'notMeant');
  const seen = await lookFirst({ source, operator, verb: 'Discard', choose, signal }, options);
  if (seen && options.dryRun) return print(options.json ? seen : formatDiscardPreview(name, seen));

  const path =
    options.file ?? `dead-letters-${name}-${startedAt.toISOString().replaceAll(':', '')}.jsonl`;
  const file = await createLetterFile(path, name);
  const work = showWork(
    'discard',
    seen && Math.min(seen.counts.chosen, options.max ?? Number.POSITIVE_INFINITY),
  );
  const result = await discardLetters(source, {
    isMeant,
    max: options.max,
    keep: file.append,
    signal,
    onProgress: work.onProgress,
    patience: work.patience,
  });
  work.end();
  await file.close();
  const { discarded, notDeleted, hidden, brokenOff } = result;
  const isNothing = discarded + notDeleted === 0;
  if (isNothing && brokenOff === undefined) throw noMatch(name, hidden);
  const kept = isNothing ? undefined : path;
  await logAction(operator, {
    action: 'dlq discard',
    target: { queue: name, ...describeFilter(filter), max: options.max, file: kept, brokenOff },
    counts: { discarded, notDeleted },
  });
  print(options.json ? { ...result, file: kept } : formatDiscard(name, kept, result));
  if (notDeleted + hidden > 0 || brokenOff !== undefined) shell().status ??= 1;
}
