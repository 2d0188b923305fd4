import type { Letter } from '../../letters/letter.ts';
import { countAttempts } from '../count-attempts.ts';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import { isContested, isUserGone } from './conditions.ts';
import type { Finding } from './finding.ts';
import { objectToLetter } from './object-to-letter.ts';

/** What subscribers have given up on. */
export function judgeLetters(story: Story): Finding[] {
  const isOver = isStopped(story);
  return story.queues.dead.flatMap(({ queue, found }) =>
    (contentOf(found)?.letters ?? []).map((letter) => {
      const text = describeLetter(queue, letter);
      return isOver ? { text } : { ...judgeLetter(story, queue, letter, text) };
    }),
  );
}

/** Whether `--repair` puts a letter of the story back into its queue. */
export function goesBack(story: Story, letter: Letter): boolean {
  return !isStopped(story) && objectToLetter(story, letter) === undefined;
}

/** Replayed now, letters would only come back, or bring about what a person has to decide first. */
function isStopped(story: Story): boolean {
  return isContested(story) || isUserGone(story);
}

function judgeLetter(story: Story, queue: string, letter: Letter, text: string): Finding {
  const why = objectToLetter(story, letter);
  if (why === undefined) return { need: 'replay', text };
  const objection = `${text} --repair leaves it there: ${why}`;
  return story.judgement.kind === 'gatewayUnavailable' && letter.obstacle === undefined
    ? { need: 'sight', text: `${objection}.` }
    : { need: 'person', text: `${objection}. payments dlq show ${queue} ${letter.messageId}` };
}

function describeLetter(queue: string, { event, failure, subscriber }: Letter): string {
  const what = event.detailType ?? 'a message';
  const tries = failure.attempts === undefined ? '' : ` after ${countAttempts(failure.attempts)}`;
  return failure.kind === 'undelivered'
    ? `EventBridge could not deliver ${what} to ${subscriber ?? 'a queue'}${tries}: ${failure.reason}.`
    : `${queue} has given up on ${what}${tries}: ${failure.reason}.`;
}
