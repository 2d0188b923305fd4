import type { SubscriberName } from '@cloudnestle/topology/types';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';

/** Row and gateway tell two different stories: until a person has decided, no machine grants or publishes anything. */
export function isContested({ discrepancies }: Pick<Story, 'discrepancies'>): boolean {
  return discrepancies.includes('MISMATCH') || discrepancies.includes('CONTRADICTION');
}

/** Paid, and nobody is there to hold it. */
export function isUserGone({ order, user }: Pick<Story, 'order' | 'user'>): boolean {
  const { status, accessRevokedAt } = order.row;
  const isGone = user.kind === 'read' && user.value === undefined;
  return status === 'COMPLETED' && accessRevokedAt === undefined && isGone;
}

/** From the publishing of an event to its effects it takes moments. */
const MOMENT_MS = 2 * 60_000;

/** Messages in a subscriber's queue that may be this order's, whose news are fresh; undefined where there can be none. */
export function countOnTheWay(
  { queues, newsAt, lookedAt }: Pick<Story, 'queues' | 'newsAt' | 'lookedAt'>,
  subscriber: SubscriberName,
): number | undefined {
  if (newsAt === undefined || lookedAt.getTime() - newsAt.getTime() > MOMENT_MS) return undefined;
  const live = queues.live.find(({ queue }) => queue === subscriber);
  const counts = live && contentOf(live.counts);
  return counts && (counts.waiting + counts.inFlight || undefined);
}
