import type { LetterFilter } from '../../../letters/letter-filter.ts';
import { matchesReason } from '../../../letters/matches-reason.ts';
import type { Group, Reason } from './group-letters.ts';
import { quoteForShell } from './quote-for-shell.ts';

/** Commands for a group that can be pasted into a shell. */
export interface Suggestion {
  show: string;
  /** Where any of the group can be replayed. */
  replay?: string;
  /** Where none of it can. */
  discard?: string;
  /** Letters that these commands mean besides the group's: no `--reason` tells them apart. */
  others: number;
}

/** The commands that mean this group and, where that can be said, nothing else. */
export function suggestCommands(
  group: Group,
  filter: LetterFilter,
  reasons: readonly Reason[],
): Suggestion {
  // Pinned, it leaves out reasons that go on where this one ends; what was asked for may be the tighter one.
  const candidates = [group.reason, `^${group.reason}$`, filter.reason ?? group.reason];
  const [best = { reason: group.reason, others: 0 }] = candidates
    .filter((reason) => meansAll(group, reason, reasons))
    .map((reason) => ({ reason, others: countOthers(group, reason, reasons) }))
    .toSorted((a, b) => a.others - b.others);
  const rest = [group.queue, ...toArguments({ ...filter, reason: best.reason })];
  const build = (verb: string) => ['payments', 'dlq', verb, ...rest].map(quoteForShell).join(' ');
  return {
    show: build('show'),
    ...(isHopeless(group) ? { discard: build('discard') } : { replay: build('replay') }),
    others: best.others,
  };
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

function meansAll(group: Group, reason: string, reasons: readonly Reason[]): boolean {
  return reasons.every((each) => each.group !== group || matchesReason(each.text, reason));
}

function countOthers(group: Group, reason: string, reasons: readonly Reason[]): number {
  return reasons
    .filter((each) => each.group !== group && matchesReason(each.text, reason))
    .reduce((sum, { count }) => sum + count, 0);
}
