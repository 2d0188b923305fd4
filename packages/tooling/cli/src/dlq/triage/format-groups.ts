import { printable } from '@cloudnestle/contracts/printable';
import type { Group } from '@cloudnestle/operations/letters/triage/group-letters';
import {
  isHopeless,
  type Suggestion,
} from '@cloudnestle/operations/letters/triage/suggest-commands';
import type { Triaged } from '@cloudnestle/operations/letters/triage/triage-letters';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { countLetters, describeHidden, formatCount } from '../words.ts';

/** What was found on a stage. */
export interface Triage extends Triaged {
  stage: string;
  isFiltered: boolean;
}

/** The groups as paragraphs: their commands would not survive a table. */
export function formatGroups({ stage, isFiltered, groups, rest, queues, unread }: Triage): string {
  const total = groups.reduce((sum, { count }) => sum + count, rest.letters);
  const groupCount = groups.length + rest.groups;
  const hidden = queues.reduce((sum, queue) => sum + queue.hidden, 0);
  const nothing = isFiltered ? 'No dead letter matches.' : 'No dead letters.';
  const paragraphs = [
    total === 0
      ? nothing
      : `${stage}: ${countLetters(total)} in ${formatCount(groupCount)} ${groupCount === 1 ? 'group' : 'groups'}.`,
    ...groups.map(formatGroup),
    ...(rest.groups > 0 ? [describeRest(rest)] : []),
    ...queues.filter(({ isCut }) => isCut).map(describeCut),
    ...(hidden > 0 ? [describeHidden(hidden)] : []),
    ...unread.map(({ why }) => `${printable(why)} Not seen; --anyway looks beside it.`),
  ];
  return paragraphs.join('\n\n');
}

function formatGroup(group: Triage['groups'][number]): string {
  const { commands } = group;
  const lines = [
    `${countLetters(group.count)} (${describeKinds(group)})`,
    describeTimes(group),
    ...describeReplays(group),
    ...describeObstacles(group),
    ...(commands.others > 0 ? [`${describeOthers(commands)}`] : []),
    commands.show,
    ...(commands.replay === undefined ? [] : [commands.replay]),
    ...(commands.discard === undefined ? [] : [commands.discard]),
  ];
  return [`${group.queue}: ${printable(group.reason)}`, ...lines].join('\n  ');
}

function describeOthers({ others, replay, discard }: Suggestion): string {
  const more = `${countLetters(others)} more`;
  if (replay !== undefined) return `The commands below mean ${more}: show first.`;
  return discard === undefined
    ? `The command below means ${more}: no reason tells them apart, so discard each by its --id.`
    : `The first command below means ${more}.`;
}

function describeRest({ groups, letters }: Triage['rest']): string {
  const reasons = groups === 1 ? 'other reason' : 'other reasons';
  return `${formatCount(groups)} ${reasons}: ${countLetters(letters)} (filters show them).`;
}

function describeTimes({ firstFailedAt, lastFailedAt }: Group): string {
  const [first, last] = [firstFailedAt.toISOString(), lastFailedAt.toISOString()];
  return first === last ? `failed ${first}` : `failed ${first} to ${last}`;
}

function describeKinds({ kinds }: Group): string {
  return Object.entries(kinds)
    .map(([kind, count]) => `${formatCount(count)} ${kind}`)
    .join(', ');
}

function describeReplays({ replayed, mostReplays }: Group): string[] {
  if (replayed === 0) return [];
  return [`${formatCount(replayed)} replayed before, at most ${times(mostReplays)}`];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`;
}

function describeObstacles(group: Group): string[] {
  const { cannotSucceed, noDestination, obstacles } = group;
  const words = obstacles.map((each) => printable(each)).join('; ');
  const [can, name] = [formatCount(cannotSucceed), formatCount(noDestination)];
  const facts = [
    ...(cannotSucceed > 0 ? [`${can} can never succeed (${words})`] : []),
    ...(noDestination > 0
      ? [`${name} ${noDestination === 1 ? 'names' : 'name'} no subscriber to replay to`]
      : []),
  ];
  if (facts.length === 0) return [];
  return isHopeless(group)
    ? [`${facts.join(', ')}: replay would refuse this.`, BEFORE_DISCARD]
    : [`${facts.join(', ')}: replay would leave these.`];
}

const BEFORE_DISCARD = `Before you discard: ${PROGRAM} payment <order> shows whether anything is missing.`;

function describeCut({ queue, waiting, seen }: Triage['queues'][number]): string {
  return `Only ${formatCount(seen)} of about ${formatCount(waiting)} letters of ${queue} were looked at.`;
}
