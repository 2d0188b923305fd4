import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import { commandLine } from '../../words/command-line.ts';
import { maskText } from '../../words/mask.ts';
import { createReasonMatcher, type LetterFilter } from '../letter-filter.ts';
import { type Group, MOST_IDS, type Reason } from './group-letters.ts';

/** Commands for a group that can be pasted into a shell. */
export interface Suggestion {
  show: string;
  /** Where any of the group can be replayed. */
  replay?: string;
  /** Where none of it can, and only if it means nothing but this group. */
  discard?: string;
  /** Letters that `show` and `replay` mean besides the group's: no `--reason` tells them apart. */
  others: number;
}

/** The commands that mean this group and, where that can be said, nothing else. */
export function suggestCommands(
  group: Group,
  filter: LetterFilter,
  reasons: readonly Reason[],
): Suggestion {
  // Pinned, it leaves out reasons that go on where this one ends; what was asked for may be the tighter one.
  const own = reasons.filter((each) => each.group === group);
  const foreign = reasons.filter((each) => each.group !== group);
  const candidates = [
    group.reason,
    `^${group.reason}$`,
    filter.reason ?? group.reason,
    ...exactReason(own),
  ];
  let best: { reason: string; others: number } | undefined;
  for (const reason of new Set(candidates)) {
    const matches = createReasonMatcher(reason);
    if (!own.every(({ lowerCase }) => matches(lowerCase))) continue;
    const others = sumCounts(foreign.filter(({ lowerCase }) => matches(lowerCase)));
    if (!best || others < best.others) best = { reason, others };
    if (others === 0) break;
  }
  const { reason, others } = best ?? { reason: group.reason, others: sumCounts(foreign) };
  const build = (verb: string, changes: LetterFilter) =>
    commandLine('dlq', verb, group.queue, ...toArguments({ ...filter, ...changes }));
  const buildEach = (verb: string) =>
    own
      .flatMap(({ ids }) => ids)
      .map((id) => build(verb, { reason: undefined, id }))
      .join(' && ');
  const discard = () => {
    if (others === 0) return { discard: build('discard', { reason }) };
    return group.count <= MOST_IDS ? { discard: buildEach('discard') } : {};
  };
  return {
    show: build('show', { reason }),
    ...(isHopeless(group) ? discard() : { replay: build('replay', { reason }) }),
    others,
  };
}

/** The one reason that all of a group's letters have, word for word, where it may be printed. */
function exactReason(own: readonly Reason[]): string[] {
  const [{ text } = { text: '' }, ...more] = own;
  const isPrintable = text === maskText(text) && text === escapeUnprintable(text);
  return more.length === 0 && isPrintable && !text.includes('*') ? [`^${text}$`] : [];
}

function sumCounts(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { count }) => sum + count, 0);
}

/** Whether a replay would take none of it. */
export function isHopeless({ count, cannotSucceed, noDestination }: Group): boolean {
  return cannotSucceed + noDestination >= count;
}

function toArguments(filter: LetterFilter): string[] {
  const { since, type, order, user, reason, id } = filter;
  const values = { since: since?.toISOString(), type, order, user, reason, id };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
}
