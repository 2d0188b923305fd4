import type { AccessItems, User } from '@cloudnestle/payments/access';
import type { Letter } from '../letters/letter.ts';
import { describeRefund } from '../refunds/describe-refund.ts';
import type { Verdict } from '../verdict/judge-story.ts';
import { createMask, type Mask } from '../words/mask.ts';
import { describeOrder } from './describe-order.ts';
import { type OrderStory, type Part, type Queues, readGateway } from './story.ts';

/** A story and its verdict as data, for `--json`; the screen shows nothing else. */
export type StoryView = ReturnType<typeof describeStory>;

/** A part that could not be read. */
interface Unread {
  unread: string;
}

/** `done`: what this call has changed, in sentences. Personal data is masked unless `reveal`. */
export function describeStory(
  story: OrderStory,
  { needs: _needs, ...verdict }: Verdict,
  { done, reveal }: { done: readonly string[]; reveal: boolean },
) {
  const mask = createMask(reveal);
  const { judgement, holdings } = story;
  const gateway = readGateway(story);
  return {
    stage: story.stage,
    lookedAt: story.lookedAt.toISOString(),
    order: describeOrder(story.order, mask),
    gateway: gateway ?? unread('reason' in judgement ? judgement.reason : ''),
    refunds: describe(story.refunds, (refunds) => refunds.map(describeRefund)),
    access: {
      user: describe(story.user, (user) => describeUser(user, mask)),
      records: describe(story.records, describeRecords),
      holdings: holdings ?? null,
    },
    mails: describe(story.mails, describeMails),
    queues: describeQueues(story.queues),
    otherOrders: describe(story.others, ({ orders, isCut }) => ({ orders, isCut })),
    done,
    verdict,
  };
}

function describe<Value, View>(part: Part<Value>, view: (value: Value) => View): View | Unread {
  return part.kind === 'read' ? view(part.value) : unread(part.why);
}

function unread(why: string): Unread {
  return { unread: why };
}

function describeUser(user: User | undefined, mask: Mask) {
  if (!user) return null;
  const { userId, email, subscriptionTier, subscriptionStatus } = user;
  return { userId, email: mask.address(email), tier: subscriptionTier, status: subscriptionStatus };
}

function describeRecords(records: AccessItems['records']) {
  return records.map(({ byUserId, byEmail }) => ({ byUserId: byUserId ?? null, byEmail }));
}

function describeMails(item: (OrderStory['mails'] & { kind: 'read' })['value']) {
  const { initiated = null, welcome = null, failed = null, ending, ended } = item ?? {};
  // Only of a pass.
  return { initiated, welcome, failed, ending: ending ?? null, ended: ended ?? null };
}

function describeQueues({ dead, live }: Queues) {
  return {
    deadLetters: dead.map(({ queue, found }) => ({
      queue,
      ...describe(found, ({ letters, heldByOthers }) => ({
        letters: letters.map(describeLetter),
        heldByOthers,
      })),
    })),
    live: live.map(({ queue, counts }) => ({ queue, ...describe(counts, (each) => each) })),
  };
}

/** Without its body, which says who the buyer is. */
function describeLetter({ messageId, event, failure, subscriber, obstacle, replay }: Letter) {
  return {
    messageId,
    eventId: event.eventId,
    detailType: event.detailType,
    subscriber,
    failure,
    obstacle,
    replay,
  };
}
