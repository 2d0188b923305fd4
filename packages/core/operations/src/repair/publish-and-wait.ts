import { setTimeout as sleep } from 'node:timers/promises';
import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { PublishAnswer } from '@cloudnestle/payments/build-events';
import { publishJudgement } from '@cloudnestle/payments/settle-order';
import type { MakeChange } from '../actions/change.ts';
import { collectStory } from '../story/collect-story.ts';
import type { Sources } from '../story/sources.ts';
import type { OrderStory } from '../story/story.ts';

/** One repair, or one mail sent again. */
export interface RepairJob {
  sources: Sources;
  makeChange: MakeChange;
  pace: EffectsPace;
  /** Aborted: no other letter is moved, and the effects are waited for no longer. */
  signal: AbortSignal;
}

/** How effects are waited for. */
export interface EffectsPace {
  lookEveryMs: number;
  /** After so long without them the order is told as it stands. */
  longestMs: number;
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

const nothingWaits: OrderStory['queues'] = { dead: [], live: [] };

/**
 * Looks at an order's tables until `isDone`, at most as long as the job's pace has it. Meanwhile the gateway is not asked,
 * and no dead letter is received. Then answers the whole story anew.
 */
export async function waitForStory(
  { sources, pace, signal }: Omit<RepairJob, 'makeChange'>,
  { order, judgement, others }: OrderStory,
  { isDone, publishedAt }: { isDone(story: OrderStory): boolean; publishedAt: Date },
): Promise<OrderStory> {
  const { transactionId } = order.row;
  const known = { judgement, others, queues: nothingWaits };
  const until = Date.now() + pace.longestMs;
  while (!signal.aborted && Date.now() < until) {
    if (isDone(await collectStory(sources, transactionId, { signal, known }))) break;
    await sleep(pace.lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return collectStory(sources, transactionId, { signal, publishedAt });
}
