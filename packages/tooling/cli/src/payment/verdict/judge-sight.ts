import { contentOf, type Part } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import type { Finding } from './finding.ts';

/** What could not be seen. */
export function judgeSight(story: Story): Finding[] {
  const { judgement, user, records, mails, others, queues } = story;
  const parts: [string, Part<unknown>][] = [
    ['The user', user],
    ['The entitlement records', records],
    ['What was mailed', mails],
    ["The buyer's other orders", others],
    ...queues.dead.map(({ queue, found }): [string, Part<unknown>] => [
      `The dead letters of ${queue}`,
      found,
    ]),
  ];
  const unread = parts.flatMap(([name, part]) =>
    part.kind === 'unread' ? [`${name} could not be read: ${part.why}.`] : [],
  );
  const held = queues.dead.flatMap(({ queue, found }) => {
    const count = contentOf(found)?.heldByOthers ?? 0;
    return count === 0
      ? []
      : [`Dead letters of ${queue} in somebody else's hands, which could not be seen: ${count}.`];
  });
  const notAsked =
    judgement.kind === 'gatewayUnavailable'
      ? [`PhonePe could not be asked: ${judgement.reason}.`]
      : [];
  return [...notAsked, ...unread, ...held].map((text) => ({ need: 'sight', text }));
}
