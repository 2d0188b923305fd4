import { setImmediate as breathe } from 'node:timers/promises';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import type { LetterFilter } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { CliError } from '../../cli-error.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { INTERRUPTED, untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { formatGroups, type Triage } from './format-groups.ts';
import { type Group, type Grouping, startGrouping } from './group-letters.ts';
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
  const letters = openLetters(stage);
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

/** More than an operator reads; commands for every one of thousands would take minutes. */
const MOST_GROUPS = 100;

/** The largest groups, each with its commands, and how much the others are. */
export async function shortenGroups(
  groupings: readonly Grouping[],
  filter: LetterFilter,
  signal: AbortSignal,
): Promise<Pick<Triage, 'groups' | 'rest'>> {
  const all = groupings
    .flatMap((grouping) => {
      const reasons = grouping.reasons();
      return grouping.groups().map((group) => ({ group, reasons }));
    })
    .toSorted((a, b) => byImpact(a.group, b.group));
  const groups: Triage['groups'] = [];
  for (const { group, reasons } of all.slice(0, MOST_GROUPS)) {
    groups.push({ ...group, commands: suggestCommands(group, filter, reasons) });
    // Ctrl-C must be heard.
    await breathe();
    if (signal.aborted) {
      throw new CliError('Interrupted. All letters were given back.', { exitCode: INTERRUPTED });
    }
  }
  const rest = all.slice(MOST_GROUPS).map(({ group }) => group);
  const letters = rest.reduce((sum, { count }) => sum + count, 0);
  return { groups, rest: { groups: rest.length, letters } };
}

/** The largest first; of two alike, the one that failed last. */
function byImpact(a: Group, b: Group): number {
  return b.count - a.count || b.lastFailedAt.getTime() - a.lastFailedAt.getTime();
}
