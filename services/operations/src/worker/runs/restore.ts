import {
  type MessageAttributeValue,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { describeError } from '@cloudnestle/runtime/errors';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import type { TaskOf } from '../../jobs/tasks.ts';
import { createKeptLetters, type KeptLetter } from '../../letters/kept-letters.ts';
import type { Work } from '../run.ts';
import { walkQueue } from './walk-queue.ts';

/**
 * Sends discarded letters back into their dead-letter queue, with all that stood on them, and only then forgets them: a kill in
 * between sends one a second time, and loses none.
 */
export const runRestore: Work<TaskOf<'restore'>> = (run, { queue, ofJob, messageId }) =>
  walkQueue(run, queue, async (signal) => {
    const { desk, job } = run;
    const { sqs, queue: place } = desk.sources.letters.find(queue);
    const kept = createKeptLetters(desk.operations, desk.platform.now);
    const of = ofJob === undefined ? { queue } : { jobId: ofJob };
    let restored = job.done;
    let notSent = 0;
    let cursor: string | undefined;
    await run.save({ phase: 'sending letters back' });
    do {
      const page = await kept.list(of, cursor);
      const meant = page.entries.filter(
        (each) => each.queue === queue && (messageId === undefined || each.messageId === messageId),
      );
      const sent = await Promise.all(
        meant.map((each) => restoreOne(sqs, place.deadLetterUrl, each, kept)),
      );
      restored += sent.filter(Boolean).length;
      notSent += sent.filter((isSent) => !isSent).length;
      await run.save({ done: restored, counts: { restored, notSent } });
      cursor = page.nextCursor;
    } while (cursor !== undefined && !signal.aborted);
    return signal.aborted && cursor !== undefined ? { kind: 'stopped' } : { kind: 'done' };
  });

async function restoreOne(
  sqs: SQSClient,
  deadLetterUrl: string,
  { letter, jobId, messageId }: KeptLetter,
  kept: ReturnType<typeof createKeptLetters>,
): Promise<boolean> {
  try {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: deadLetterUrl,
        MessageBody: letter.body,
        MessageAttributes: listAttributes(letter),
      }),
    );
  } catch (error) {
    if (describeError(error).startsWith('InvalidMessageContents')) return false;
    throw error;
  }
  await kept.remove({ jobId, messageId });
  return true;
}

/** All that stood on it: what others wrote to the byte, and why it failed. */
function listAttributes({ attributes, foreign }: Letter): Record<string, MessageAttributeValue> {
  const own = Object.entries(attributes).filter(([name]) => !Object.hasOwn(foreign, name));
  return { ...toMessageAttributes(Object.fromEntries(own)), ...foreign };
}
