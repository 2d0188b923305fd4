import type { MailKind } from '@cloudnestle/contracts/items/notification';
import { reconcileOrder } from '@cloudnestle/reconciliation/operator/reconcile-order';
import { countPublished } from '../../reconcile/count-published.ts';
import type { Sources } from '../story/connect-sources.ts';
import type { Story } from '../story/story.ts';
import type { Verdict } from '../verdict/judge-story.ts';
import { publishAgain } from './publish-again.ts';

/** What was put on the bus and ended, counted at once: what breaks afterwards does not undo it. */
export interface BringInCounts {
  published: number;
  /** Reasons that needed a person, and do not any more. */
  attentionEnded: number;
}

/**
 * Brings the gateway's truth in: publishes what is news or whose access is missing, and ends what needs no person any more
 * by what was found. What only a mail is missing of is published once more. Answers in sentences for the person who
 * watches.
 */
export async function bringIn(
  sources: Sources,
  story: Story,
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
