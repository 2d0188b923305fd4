import type { MailKind } from '@cloudnestle/contracts/items/notification';
import { countPublished } from '../reconcile/count-published.ts';
import { reconcileOrder } from '../reconcile/reconcile-order.ts';
import type { Sources } from '../story/sources.ts';
import type { OrderStory } from '../story/story.ts';
import { isMendable, judgeStory, type Verdict } from '../verdict/judge-story.ts';
import { type Ended, publishAgain, type RepairJob, waitForStory } from './publish-and-wait.ts';
import { putBack } from './put-back.ts';

/**
 * Does what the verdict's command promises, writes down who did it, and waits for the effects. What a machine must not
 * decide stays as it is. Run again it does what is left, and sends no mail twice.
 */
export async function repairPayment(job: RepairJob, story: OrderStory): Promise<Ended> {
  const { sources, signal, makeChange } = job;
  const verdict = judgeStory(story);
  if (!isMendable(verdict)) return { story, done: [describeNothing(verdict)] };
  const { transactionId } = story.order.row;
  const counts = { published: 0, attentionEnded: 0, lettersPutBack: 0 };
  const change = {
    what: `Repair ${transactionId}.`,
    asks: false,
    action: 'payment repair',
    target: { transactionId },
    counts,
  };
  let startedAt = new Date();
  const done = await makeChange(change, async (by) => {
    startedAt = new Date();
    const told: string[] = [];
    if (verdict.needs.has('settle') || verdict.needs.has('publish')) {
      told.push(...(await bringIn(sources, story, { needs: verdict.needs, counts })));
    }
    if (verdict.needs.has('replay')) {
      const stamp = { replayedBy: by, replayedAt: startedAt.toISOString() };
      const { done: moves, moved } = await putBack(sources, story, { stamp, signal });
      told.push(...moves);
      counts.lettersPutBack = moved;
    }
    return told;
  });
  const isAtWork = counts.published + counts.lettersPutBack > 0;
  const isDone = (current: OrderStory) => !isAtWork || isSettled(judgeStory(current));
  const end = await waitForStory(job, story, { isDone, publishedAt: startedAt });
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

/** What was put on the bus and ended, counted at once: what breaks afterwards does not undo it. */
interface BringInCounts {
  published: number;
  /** Reasons that needed an operator, and do not any more. */
  attentionEnded: number;
}

/**
 * Brings the gateway's truth in: publishes what is news or whose access is missing, and ends what needs no person any
 * more by what was found. What only a mail is missing of is published once more. Answers in sentences for the person
 * who watches.
 */
export async function bringIn(
  sources: Sources,
  story: OrderStory,
  { needs, counts }: Pick<Verdict, 'needs'> & { counts: BringInCounts },
): Promise<string[]> {
  const books = countPublished(sources.books, counts);
  const outcome = await reconcileOrder(books, story.order.row.transactionId, {
    trigger: sources.trigger,
    repair: true,
  });
  if (outcome.kind !== 'reconciled') {
    const reason = 'reason' in outcome ? outcome.reason : 'the row is gone';
    return [`Nothing was published: ${reason}.`];
  }
  const { published, ended } = outcome;
  const done: string[] = [];
  if (published) done.push(`Published ${published.detailType}.`);
  counts.attentionEnded += ended.length;
  if (ended.length > 0) done.push(`It needs no person any more for ${ended.join(', ')}.`);
  const due = outcome.order.row.status === 'FAILED' ? 'failed' : 'welcome';
  if (!published && needs.has('publish')) {
    const fresh = { ...story, order: outcome.order, judgement: outcome.judgement };
    const answer = await publishAgain({ books }, fresh, due satisfies MailKind);
    done.push(
      answer.kind === 'published'
        ? 'Published the outcome once more, for the mail.'
        : `Nothing was published: ${answer.reason}.`,
    );
  }
  return done;
}
