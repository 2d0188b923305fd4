import { type Discarded, discardLetters } from '@cloudnestle/operations/letters/discard-letters';
import { createKeptLetters, isTooLarge } from '@cloudnestle/operations/letters/kept-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { describeFilter, matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import type { Preview } from '@cloudnestle/operations/letters/preview-letters';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { readEnvironment } from '../../environment/read-environment.ts';
import { checkStage } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { shell } from '../../shell.ts';
import { type BulkOptions, lookFirst, noMatch, showWork } from '../bulk.ts';
import { openTable, openWalks } from '../one-walk.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeHidden, describeLeftHidden, formatReasons, joinLines } from '../words.ts';
import { createLetterFile } from './letter-file.ts';

export interface DiscardOptions extends FilterOptions, BulkOptions {
  file?: string;
  json?: boolean;
}

/** Looks, asks, keeps, deletes, prints, and sets the exit status. */
export async function runDiscard(queueName: string, options: DiscardOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = openLetters(stage).find(queueName);
  const { name } = source.queue;
  const operator = await openOperator(stage);
  const signal = untilInterrupted();
  const walk = await openWalks(stage, { by: operator.caller, mayLookAnyway: false });
  const filter = toFilter(options);
  const startedAt = new Date();
  const isMeant = (letter: Letter) => letter.sentAt <= startedAt && matchesFilter(letter, filter);
  const choose = (letter: Letter) => (isMeant(letter) ? 'chosen' : 'notMeant');
  const target = { queue: name, ...describeFilter(filter), max: options.max };
  const action = { action: 'dlq discard', target };
  const bulk = { source, operator, action, verb: 'Discard', choose, signal, walk };
  const looked = await lookFirst(bulk, options);
  const { seen } = looked;
  if (looked.kind === 'tried') {
    return print(options.json ? seen : formatDiscardPreview(name, looked.seen));
  }

  const discard = crypto.randomUUID();
  const table = createKeptLetters(openTable(stage), () => new Date());
  const path =
    options.file ?? `dead-letters-${name}-${startedAt.toISOString().replaceAll(':', '')}.jsonl`;
  const file = await createLetterFile(path, name);
  const work = showWork(
    'discard',
    seen && Math.min(seen.counts.chosen, options.max ?? Number.POSITIVE_INFINITY),
  );
  let tooLarge = 0;
  const keep = async (letters: readonly Letter[]) => {
    await file.append(letters);
    const fit = letters.filter((letter) => !isTooLarge(letter));
    tooLarge += letters.length - fit.length;
    await table.keep(fit, { jobId: discard, queue: name, by: operator.caller });
  };
  const result = await walk
    .change(looked.begun, source, signal, (own) =>
      discardLetters(source, {
        isMeant,
        max: options.max,
        keep,
        signal: own,
        onProgress: work.onProgress,
        patience: work.patience,
      }),
    )
    .finally(async () => {
      work.end();
      await file.close();
    });
  const { discarded, notDeleted, hidden, brokenOff } = result;
  const isNothing = discarded + notDeleted === 0;
  if (isNothing && brokenOff === undefined) {
    await looked.begun.dismiss();
    throw noMatch(name, hidden);
  }
  const kept = isNothing ? undefined : path;
  await looked.begun.end(brokenOff === undefined ? 'DONE' : 'FAILED', {
    target: { ...target, file: kept, discard, brokenOff },
    counts: { discarded, notDeleted },
  });
  const back = kept === undefined ? {} : { discard, tooLarge };
  print(
    options.json
      ? { ...result, file: kept, ...back }
      : formatDiscard(name, kept, { ...result, ...back }),
  );
  if (notDeleted + hidden > 0 || brokenOff !== undefined) shell().status ??= 1;
}

/** What would be discarded. */
function formatDiscardPreview(queue: string, { reasons, hidden }: Preview): string {
  return joinLines(
    formatReasons(`of ${queue}, would be discarded`, reasons),
    hidden > 0 && describeHidden(hidden),
    'Nothing was changed.',
  );
}

export function formatDiscard(
  queue: string,
  path: string | undefined,
  result: Discarded & { discard?: string; tooLarge?: number },
): string {
  const { discarded, notDeleted, hidden, brokenOff, discard, tooLarge = 0 } = result;
  return joinLines(
    path === undefined
      ? `0 discarded from ${queue}.`
      : `${discarded} discarded from ${queue}; they are in ${path}.`,
    discard !== undefined &&
      `For 14 days they can be put back: ${PROGRAM} dlq restore ${queue} --discard ${discard}`,
    tooLarge > 0 && `${tooLarge} of them are too large for that: they are in the file alone.`,
    notDeleted > 0 && `${notDeleted} are in the file and could not be deleted from the queue.`,
    hidden > 0 && describeLeftHidden(hidden),
    brokenOff !== undefined && `Broken off: ${brokenOff}. The rest stays where it is.`,
  );
}
