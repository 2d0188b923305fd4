import type { AccessItems, User } from '@cloudnestle/payments/access/holdings';
import type { Letter } from '../../letters/letter.ts';
import { readGateway } from '../story/describe-gateway-of.ts';
import type { Part } from '../story/part.ts';
import type { Queues } from '../story/read-queues.ts';
import type { Story } from '../story/story.ts';
import type { Verdict } from '../verdict/judge-story.ts';
import { describeOrder } from './describe-order.ts';
import { createMask, type Mask } from './mask.ts';

/** A story and its verdict as data, for `--json`; the screen shows nothing else. */
export type StoryView = ReturnType<typeof describeStory>;

/** A part that could not be read. */
export interface Unread {
  unread: string;
}

/** `done`: what this call has changed, in sentences. Personal data is masked unless `reveal`. */
export function describeStory(
  story: Story,
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

function describeMails(item: (Story['mails'] & { kind: 'read' })['value']) {
  const { initiated = null, welcome = null, failed = null } = item ?? {};
  return { initiated, welcome, failed };
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
