import { setTimeout as sleep } from 'node:timers/promises';
import type { MailKind } from '@cloudnestle/contracts/items/notification';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import type { Sources } from '@cloudnestle/operations/story/sources';
import type { OrderStory } from '@cloudnestle/operations/story/story';
import type { PublishAnswer } from '@cloudnestle/payments/build-events';
import { publishJudgement } from '@cloudnestle/payments/settle-order';
import type { Consent } from '../../operator/confirm-change.ts';
import { pauseMs, shell } from '../../shell.ts';

/** One call of the command, where it changes something. */
export interface PaymentJob {
  sources: Sources;
  consent: Consent;
  signal: AbortSignal;
}

/** What was done, in sentences, and the order afterwards. */
export interface Ended {
  done: string[];
  story: OrderStory;
}

/**
 * Publishes the event that a mail follows from although it was published before; of an outcome, as the gateway says it
 * now. `failed`: no subscriber has it.
 */
export async function publishAgain(
  { books }: Pick<Sources, 'books'>,
  { order, judgement, mailEvents }: Pick<OrderStory, 'order' | 'judgement' | 'mailEvents'>,
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

const LOOK_EVERY_MS = 500;

const nothingWaits: OrderStory['queues'] = { dead: [], live: [] };

/**
 * Looks at an order's tables until `isDone`, at most as long as the pace has it. Meanwhile the gateway is not asked,
 * and no dead letter is received. Then answers the whole story anew.
 */
export async function waitForStory(
  sources: Sources,
  { order, judgement, others }: OrderStory,
  options: { isDone(story: OrderStory): boolean; publishedAt: Date; signal: AbortSignal },
): Promise<OrderStory> {
  const { isDone, publishedAt, signal } = options;
  const { transactionId } = order.row;
  const known = { judgement, others, queues: nothingWaits };
  const until = Date.now() + shell().pace.effectsMs;
  while (!signal.aborted && Date.now() < until) {
    if (isDone(await collectStory(sources, transactionId, { signal, known }))) break;
    await sleep(pauseMs(LOOK_EVERY_MS), undefined, { signal }).catch(() => undefined);
  }
  return collectStory(sources, transactionId, { signal, publishedAt });
}
