import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { PublishAnswer } from '@cloudnestle/payments/publish';
import { publishJudgement } from '@cloudnestle/payments/settle-order';
import type { Sources } from '../story/connect-sources.ts';
import type { Story } from '../story/story.ts';

/**
 * Publishes the event that a mail follows from although it was published before; of an outcome, as the gateway says it
 * now. `failed`: no subscriber has it.
 */
export async function publishAgain(
  { books }: Pick<Sources, 'books'>,
  { order, judgement, mailEvents }: Pick<Story, 'order' | 'judgement' | 'mailEvents'>,
  kind: MailKind,
): Promise<PublishAnswer> {
  const event = mailEvents[kind];
  if (!event) return { kind: 'failed', reason: 'the gateway does not say so any more' };
  if (kind === 'initiated') return books.publish(event);
  const settlement = await publishJudgement(books, order, judgement, { republish: true });
  if (settlement.kind === 'publishFailed') return { kind: 'failed', reason: settlement.reason };
  return 'isPublished' in settlement && settlement.isPublished
    ? { kind: 'published' }
    : { kind: 'failed', reason: 'it is no news of this order' };
}
