import { logAction } from '../../operator/action-log.ts';
import { confirmChange } from '../../operator/confirm-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import type { Ended, PaymentJob } from '../job.ts';
import type { Story } from '../story/story.ts';
import { isMendable, judgeStory, type Verdict } from '../verdict/judge-story.ts';
import { bringIn } from './bring-in.ts';
import { putBack } from './put-back.ts';
import { waitForStory } from './wait-for-story.ts';

/**
 * Does what the verdict's command promises, writes down who did it, and waits for the effects. What a machine must not
 * decide stays as it is. Run again it does what is left, and sends no mail twice.
 */
export async function repairPayment(job: PaymentJob, story: Story): Promise<Ended> {
  const { sources, consent, signal } = job;
  const verdict = judgeStory(story);
  if (!isMendable(verdict)) return { story, done: [describeNothing(verdict)] };
  const { transactionId } = story.order.row;
  const operator = await identifyOperator(sources.stage);
  await confirmChange(operator, { what: `Repair ${transactionId}.`, asks: false }, consent);

  const startedAt = new Date();
  const done: string[] = [];
  const counts = { published: 0, attentionEnded: 0, lettersPutBack: 0 };
  try {
    if (verdict.needs.has('settle') || verdict.needs.has('publish')) {
      done.push(...(await bringIn(sources, story, { needs: verdict.needs, counts })));
    }
    if (verdict.needs.has('replay')) {
      const stamp = { replayedBy: operator.caller, replayedAt: startedAt.toISOString() };
      const { done: moves, moved } = await putBack(sources, story, { stamp, signal });
      done.push(...moves);
      counts.lettersPutBack = moved;
    }
  } finally {
    await logAction(operator, { action: 'payment repair', target: { transactionId }, counts });
  }
  const isAtWork = counts.published + counts.lettersPutBack > 0;
  const isDone = (current: Story) => !isAtWork || isSettled(judgeStory(current));
  const end = await waitForStory(sources, story, { isDone, publishedAt: startedAt, signal });
  return { story: end, done };
}

/** Whether everything that a repair brings about is there. */
function isSettled(verdict: Verdict): boolean {
  return !isMendable(verdict) && !verdict.needs.has('moment');
}

function describeNothing({ needs }: Verdict): string {
  if (needs.has('resend'))
    return '--repair sends no mail that may have been sent: nothing was changed.';
  if (needs.has('person')) return 'No command may decide this: nothing was changed.';
  if (needs.has('answer')) return 'PhonePe did not answer: nothing was changed.';
  return 'Nothing is to be repaired: nothing was changed.';
}
