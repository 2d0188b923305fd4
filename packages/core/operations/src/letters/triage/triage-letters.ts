import { setImmediate as breathe } from 'node:timers/promises';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { OperatorError } from '../../operator-error.ts';
import type { LetterSource } from '../go-through-letters.ts';
import type { LetterFilter } from '../letter-filter.ts';
import { type Looked, lookAtLetters } from '../look-at-letters.ts';
import { type Group, type Grouping, startGrouping } from './group-letters.ts';
import { type Suggestion, suggestCommands } from './suggest-commands.ts';

/** What was found, largest group first. */
export interface Triaged {
  groups: (Group & { commands: Suggestion })[];
  /** What is left out after the largest groups. */
  rest: { groups: number; letters: number };
  /** Each queue that was looked at. */
  queues: (Looked & { queue: string })[];
  /** Those that were not, and why: another operator goes through them. */
  unread: { queue: string; why: string }[];
}

/** Has a look at one queue made, or says why it is not. */
export type LookAlone = (
  source: LetterSource,
  signal: AbortSignal,
  look: (signal: AbortSignal) => Promise<Looked>,
) => Promise<Looked | { unread: string }>;

/**
 * Looks at every letter of these queues, groups those that are meant by their reason, and gives all of them back. The queues
 * side by side: each ends with a wait for letters that come no more. Throws an `OperatorError` where it is interrupted.
 */
export async function triageLetters(
  sources: readonly LetterSource[],
  filter: LetterFilter,
  options: {
    signal: AbortSignal;
    onProgress?(state: { found: number; done: number }): void;
    alone: LookAlone;
  },
): Promise<Triaged> {
  const { signal, onProgress, alone } = options;
  const progress = sources.map(() => ({ found: 0, done: 0 }));
  const looks = sources.map(async (source, index) => {
    const queue = source.queue.name;
    const grouping = startGrouping(queue, filter);
    const looked = await alone(source, signal, (own) =>
      lookAtLetters(source, grouping.note, {
        signal: own,
        onProgress: (state) => {
          progress[index] = state;
          onProgress?.(sumUp(progress));
        },
      }),
    );
    return { queue, grouping, looked };
  });
  const found = await waitForAll(looks);
  const groupings = found.map(({ grouping }) => grouping);
  return {
    ...(await shortenGroups(groupings, filter, signal)),
    queues: found.flatMap(({ queue, looked }) =>
      'unread' in looked ? [] : [{ queue, ...looked }],
    ),
    unread: found.flatMap(({ queue, looked }) =>
      'unread' in looked ? [{ queue, why: looked.unread }] : [],
    ),
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
): Promise<Pick<Triaged, 'groups' | 'rest'>> {
  const all = groupings
    .flatMap((grouping) => {
      const reasons = grouping.reasons();
      return grouping.groups().map((group) => ({ group, reasons }));
    })
    .toSorted((a, b) => byImpact(a.group, b.group));
  const groups: Triaged['groups'] = [];
  for (const { group, reasons } of all.slice(0, MOST_GROUPS)) {
    groups.push({ ...group, commands: suggestCommands(group, filter, reasons) });
    // An interruption must be heard.
    await breathe();
    if (signal.aborted) {
      throw new OperatorError('Interrupted. All letters were given back.', { isInterrupted: true });
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
