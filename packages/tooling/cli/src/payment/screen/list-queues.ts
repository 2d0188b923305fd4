import { join } from '../../reconcile/one/words.ts';
import { countAttempts } from '../count-attempts.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

type Queues = StoryView['queues'];

/** What of the order has failed, and how much waits that may be of it. */
export function listQueues({ queues }: StoryView): Row[] {
  const dead = queues.deadLetters.flatMap(listDead);
  return [
    ...(dead.length > 0 ? dead : [['dead letters', 'none of this order'] satisfies Row]),
    ...queues.live.flatMap(listLive),
  ];
}

function listDead(dead: Queues['deadLetters'][number]): Row[] {
  if ('unread' in dead) return [[dead.queue, `could not be read: ${dead.unread}`]];
  const held = dead.heldByOthers;
  return [
    ...dead.letters.map(({ detailType, failure, messageId }): Row => {
      const tries = failure.attempts === undefined ? undefined : countAttempts(failure.attempts);
      const facts = join(detailType ?? 'a message', tries, failure.lastAt, `id ${messageId}`);
      return [`dead in ${dead.queue}`, `${failure.reason} (${facts})`];
    }),
    ...(held > 0 ? [[dead.queue, `${held} letters are in somebody's hands`] satisfies Row] : []),
  ];
}

function listLive(live: Queues['live'][number]): Row[] {
  if ('unread' in live) return [[live.queue, `could not be counted: ${live.unread}`]];
  const count = live.waiting + live.inFlight;
  if (count === 0) return [];
  const messages = count === 1 ? '1 message waits' : `${count} messages wait`;
  const text = `${messages} in ${live.queue}; whose they are cannot be told without spending delivery attempts`;
  return [[live.queue, text]];
}
