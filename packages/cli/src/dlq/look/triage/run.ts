import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { readEnvironment } from '../../../environment/read-environment.ts';
import type { LetterSource } from '../../../letters/go-through-letters.ts';
import { lookAtLetters } from '../../../letters/look-at-letters.ts';
import { connectLetters } from '../../../letters/stage-letters.ts';
import { untilInterrupted } from '../../../operator/until-interrupted.ts';
import { print } from '../../../output/print.ts';
import { toPrintableJson } from '../../../output/printable.ts';
import { createProgress } from '../../../output/show-progress.ts';
import { type FilterOptions, toFilter } from '../../filter-options.ts';
import { formatGroups, type Triage } from './format-groups.ts';
import { startGrouping } from './group-letters.ts';
import { suggestCommands } from './suggest-commands.ts';

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
  const { groups, queues } = await triage(sources, options);
  const isFiltered = Object.keys(options).length > 0;
  const found = { stage: stage.stage, isFiltered, groups: groups.toSorted(byImpact), queues };
  print(json ? toPrintableJson(found) : formatGroups(found));
}

/** The queues side by side: each ends with a wait for letters that come no more. */
async function triage(
  sources: readonly LetterSource[],
  options: FilterOptions,
): Promise<Pick<Triage, 'groups' | 'queues'>> {
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
    const reasons = grouping.reasons();
    const groups = grouping
      .groups()
      .map((group) => ({ ...group, commands: suggestCommands(group, filter, reasons) }));
    return { groups, looked: { queue, ...looked } };
  });
  const found = await waitForAll(looks).finally(bar.end);
  return {
    groups: found.flatMap(({ groups }) => groups),
    queues: found.map(({ looked }) => looked),
  };
}

function sumUp(states: readonly { found: number; done: number }[]) {
  const sum = (name: 'found' | 'done') => states.reduce((total, state) => total + state[name], 0);
  return { found: sum('found'), done: sum('done') };
}

/** The largest first; of two alike, the one that failed last. */
function byImpact(a: Triage['groups'][number], b: Triage['groups'][number]): number {
  return b.count - a.count || b.lastFailedAt.getTime() - a.lastFailedAt.getTime();
}
