import type { Letter } from '../../letters/letter.ts';
import { countAttempts } from '../count-attempts.ts';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import { isContested, isUserGone } from './conditions.ts';
import type { Finding } from './finding.ts';

/** What subscribers have given up on. */
export function judgeLetters(story: Story): Finding[] {
  // Replayed now, they would only come back, or bring about what a person has to decide first.
  const isStopped = isContested(story) || isUserGone(story);
  return story.queues.dead.flatMap(({ queue, found }) =>
    (contentOf(found)?.letters ?? []).map((letter) => judgeLetter(queue, letter, isStopped)),
  );
}

function judgeLetter(queue: string, letter: Letter, isStopped: boolean): Finding {
  const { event, failure, subscriber, obstacle, messageId } = letter;
  const what = event.detailType ?? 'a message';
  const tries = failure.attempts === undefined ? '' : ` after ${countAttempts(failure.attempts)}`;
  const text =
    failure.kind === 'undelivered'
      ? `EventBridge could not deliver ${what} to ${subscriber ?? 'a queue'}${tries}: ${failure.reason}.`
      : `${queue} has given up on ${what}${tries}: ${failure.reason}.`;
  if (isStopped) return { text };
  if (obstacle !== undefined || subscriber === undefined) {
    const look = `payments dlq show ${queue} ${messageId}`;
    const why = obstacle ?? 'nothing says whose it is';
    return { need: 'person', text: `${text} It can never succeed (${why}). Look at it: ${look}` };
  }
  return { need: 'replay', text };
}
