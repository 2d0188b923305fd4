import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import {
  type LookAlone,
  type Triaged,
  triageLetters,
} from '@cloudnestle/operations/letters/triage/triage-letters';
import { readEnvironment } from '../../environment/read-environment.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { type OneWalk, openWalks, QueueBusyError, type WalkOptions } from '../one-walk.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { formatGroups } from './format-groups.ts';

export interface TriageOptions extends FilterOptions, WalkOptions {
  json?: boolean;
}

/** Looks at every letter of one queue or all, groups, gives back, prints. */
export async function runTriage(
  queueName: string | undefined,
  { json = false, anyway = false, ...options }: TriageOptions,
): Promise<void> {
  const stage = await readEnvironment();
  const letters = openLetters(stage);
  const sources = queueName === undefined ? letters.sources : [letters.find(queueName)];
  const isFiltered = Object.keys(options).length > 0;
  const walk = await openWalks(stage, { anyway, mayLookAnyway: true });
  const found = { stage: stage.stage, isFiltered, ...(await triage(sources, options, walk)) };
  print(json ? found : formatGroups(found));
}

/** With a bar. */
function triage(
  sources: readonly LetterSource[],
  options: FilterOptions,
  walk: OneWalk,
): Promise<Triaged> {
  const bar = createProgress('triage');
  const alone: LookAlone = async (source, signal, look) => {
    try {
      return await walk.alone(source, signal, look);
    } catch (error) {
      // The one queue that was asked for is an error; of many, the others are shown.
      if (!(error instanceof QueueBusyError) || sources.length === 1) throw error;
      return { unread: error.lines[0] ?? '' };
    }
  };
  const job = { signal: untilInterrupted(), onProgress: bar.show, alone };
  return triageLetters(sources, toFilter(options), job).finally(bar.end);
}
