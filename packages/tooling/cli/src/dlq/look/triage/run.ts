import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { readEnvironment } from '../../../environment/read-environment.ts';
import type { LetterSource } from '../../../letters/go-through-letters.ts';
import { lookAtLetters } from '../../../letters/look-at-letters.ts';
import { connectLetters } from '../../../letters/stage-letters.ts';
import { untilInterrupted } from '../../../operator/until-interrupted.ts';
import { print } from '../../../output/print.ts';
import { createProgress } from '../../../output/show-progress.ts';
import { type FilterOptions, toFilter } from '../../filter-options.ts';
import { formatGroups, type Triage } from './format-groups.ts';
import { startGrouping } from './group-letters.ts';
import { shortenGroups } from './shorten-groups.ts';

export interface TriageOptions extends FilterOptions {
  json?: boolean;
}

/** Looks at every letter of one queue or all, groups, gives back, prints. */
export async function runTriage(
  queueName: string | undefined,
  { json = false, ...options }: TriageOptions,
): Promise<void> {
  const stage = await readEnvironment();
  const letters = connectLetters(stage);
  const sources = queueName === undefined ? letters.sources : [letters.find(queueName)];
  const isFiltered = Object.keys(options).length > 0;
  const found = { stage: stage.stage, isFiltered, ...(await triage(sources, options)) };
  print(json ? found : formatGroups(found));
}

/** The queues side by side: each ends with a wait for letters that come no more. */
async function triage(
  sources: readonly LetterSource[],
  options: FilterOptions,
): Promise<Pick<Triage, 'groups' | 'rest' | 'queues'>> {
  const filter = toFilter(options);
  const signal = untilInterrupted();
  const bar = createProgress('triage');
  const progress = sources.map(() => ({ found: 0, done: 0 }));
  const looks = sources.map(async (source, index) => {
    const queue = source.queue.name;
    const grouping = startGrouping(queue, filter);
    const looked = await lookAtLetters(source, grouping.note, {
      signal,
      onProgress: (state) => {
        progress[index] = state;
        bar.show(sumUp(progress));
      },
    });
    return { grouping, looked: { queue, ...looked } };
  });
  const found = await waitForAll(looks).finally(bar.end);
  return {
    ...(await shortenGroups(
      found.map(({ grouping }) => grouping),
      filter,
      signal,
    )),
    queues: found.map(({ looked }) => looked),
  };
}

function sumUp(states: readonly { found: number; done: number }[]) {
  const sum = (name: 'found' | 'done') => states.reduce((total, state) => total + state[name], 0);
  return { found: sum('found'), done: sum('done') };
}
