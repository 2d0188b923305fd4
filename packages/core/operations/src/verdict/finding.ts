import type { SubscriberName } from '@cloudnestle/topology/types';
import { contentOf, type OrderStory } from '../story/story.ts';

/** What a finding asks for; nothing where it only tells. */
export type Need =
  /** The gateway's outcome is to be brought in: published, or what needs no person any more ended. */
  | 'settle'
  /** What is recorded is to be published once more, for what nothing else would bring about. */
  | 'publish'
  /** Dead letters are to go back into their queue. */
  | 'replay'
  /** An operator has to say that a mail may be sent again. */
  | 'resend'
  /** An operator has to decide something that no command does. */
  | 'person'
  /** The buyer or the gateway has to act first. */
  | 'others'
  /** Effects are on their way. */
  | 'moment'
  /** The gateway's answer: without it it is not known how the order stands. */
  | 'answer'
  /** Something could not be seen. */
  | 'sight';

/** One thing that is true of an order, in words for the person who looks. */
export interface Finding {
  text: string;
  need?: Need;
  /** What is to be run once an operator has done their part: a flag of this command, or another command. */
  thenRun?: '--repair' | { command: string };
}

/** Row and gateway tell two different stories: until an operator has decided, no machine grants or publishes anything. */
export function isContested({ discrepancies }: Pick<OrderStory, 'discrepancies'>): boolean {
  return discrepancies.includes('MISMATCH') || discrepancies.includes('CONTRADICTION');
}

/** Paid, and the user who should hold it is gone. */
export function isUserGone({ order, user }: Pick<OrderStory, 'order' | 'user'>): boolean {
  const { status, accessRevokedAt } = order.row;
  const isGone = user.kind === 'read' && user.value === undefined;
  return status === 'COMPLETED' && accessRevokedAt === undefined && isGone;
}

/** From the publishing of an event to its effects it takes moments. */
const MOMENT_MS = 2 * 60_000;

/** Messages in a subscriber's queue that may be this order's, whose news are fresh; undefined where there can be none. */
export function countOnTheWay(
  { queues, newsAt, lookedAt }: Pick<OrderStory, 'queues' | 'newsAt' | 'lookedAt'>,
  subscriber: SubscriberName,
): number | undefined {
  if (newsAt === undefined || lookedAt.getTime() - newsAt.getTime() > MOMENT_MS) return undefined;
  const live = queues.live.find(({ queue }) => queue === subscriber);
  const counts = live && contentOf(live.counts);
  return counts && (counts.waiting + counts.inFlight || undefined);
}
