import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { type Triaged, triageLetters } from '@cloudnestle/operations/letters/triage/triage-letters';
import { readEnvironment } from '../../environment/read-environment.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { formatGroups } from './format-groups.ts';

export interface TriageOptions extends FilterOptions {
  json?: boolean;
}

/** Looks at every letter of one queue or all, groups, gives back, prints. */
export async function runTriage(
  queueName: string | undefined,
  { json = false, ...options }: TriageOptions,
): Promise<void> {
  const stage = await readEnvironment();
  const letters = openLetters(stage);
  const sources = queueName === undefined ? letters.sources : [letters.find(queueName)];
  const isFiltered = Object.keys(options).length > 0;
  const found = { stage: stage.stage, isFiltered, ...(await triage(sources, options)) };
  print(json ? found : formatGroups(found));
}

/** With a bar. */
function triage(sources: readonly LetterSource[], options: FilterOptions): Promise<Triaged> {
  const bar = createProgress('triage');
  const job = { signal: untilInterrupted(), onProgress: bar.show };
  return triageLetters(sources, toFilter(options), job).finally(bar.end);
}
