import type { MailKind } from '@cloudnestle/contracts/items/notification';
import { reconcileOrder } from '@cloudnestle/reconciliation/by-hand/reconcile-order';
import type { Sources } from '../story/connect-sources.ts';
import type { Story } from '../story/story.ts';
import type { Verdict } from '../verdict/judge-story.ts';
import { publishAgain } from './publish-again.ts';

/** What was put on the bus and ended; sentences for the person who watches. */
export interface BroughtIn {
  done: string[];
  published: number;
  reviewsEnded: number;
}

/**
 * Brings the gateway's truth in: publishes what is news or whose access is missing, and ends a review that it fits,
 * unless a person still has to decide something. What only a mail is missing of is published once more.
 */
export async function bringIn(
  sources: Sources,
  story: Story,
  { needs }: Pick<Verdict, 'needs'>,
): Promise<BroughtIn> {
  const { books, trigger } = sources;
  const outcome = await reconcileOrder(books, story.order.row.transactionId, {
    trigger,
    repair: true,
    endsReview: !needs.has('person'),
  });
  if (outcome.kind !== 'reconciled') {
    const reason = 'reason' in outcome ? outcome.reason : 'the row is gone';
    return { done: [`Nothing was published: ${reason}.`], published: 0, reviewsEnded: 0 };
  }
  const { published, review } = outcome;
  const done: string[] = [];
  let count = published === undefined ? 0 : 1;
  if (published) done.push(`Published ${published.detailType}.`);
  if (review === 'CLEARED') done.push('Ended the review.');
  const due = outcome.order.row.status === 'FAILED' ? 'failed' : 'welcome';
  if (!published && needs.has('publish')) {
    const fresh = { ...story, order: outcome.order, judgement: outcome.judgement };
    const answer = await publishAgain(sources, fresh, due satisfies MailKind);
    if (answer.kind === 'published') count += 1;
    done.push(
      answer.kind === 'published'
        ? 'Published the outcome once more, for the mail.'
        : `Nothing was published: ${answer.reason}.`,
    );
  }
  return { done, published: count, reviewsEnded: review === 'CLEARED' ? 1 : 0 };
}
