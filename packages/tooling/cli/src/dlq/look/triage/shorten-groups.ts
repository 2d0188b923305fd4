import { setImmediate as breathe } from 'node:timers/promises';
import { CliError } from '../../../cli-error.ts';
import type { LetterFilter } from '../../../letters/letter-filter.ts';
import { INTERRUPTED } from '../../../operator/until-interrupted.ts';
import type { Triage } from './format-groups.ts';
import type { Group, Grouping } from './group-letters.ts';
import { suggestCommands } from './suggest-commands.ts';

/** More than anybody reads; commands for every one of thousands would take minutes. */
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
