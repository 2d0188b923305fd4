import { attentionReasons } from '@cloudnestle/contracts/items/attention';
import type { AccessItems, User } from '@cloudnestle/payments/access';
import { readAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { readDisputes } from '@cloudnestle/payments/disputes';
import type { Order } from '@cloudnestle/payments/order';
import type { Letter } from '../letters/letter.ts';
import { describeRefund } from '../refunds/describe-refund.ts';
import type { Verdict } from '../verdict/judge-story.ts';
import { createMask, type Mask, maskText } from '../words/mask.ts';
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

/** The order as our books have it. */
function describeOrder({ row, plan, amountInPaisa, createdAt, expiresAt }: Order, mask: Mask) {
  return {
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    gatewayOrderId: row.phonepeOrderId,
    userId: row.userId,
    userEmail: mask.address(row.userEmail),
    tier: plan.tier,
    amountInPaisa,
    currency: plan.currency,
    status: row.status,
    failureReason: row.status === 'FAILED' ? row.failureReason : undefined,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    completedAt: row.completedAt,
    failedAt: row.failedAt,
    /** A buyer has had the payment page. */
    hasPage: row.redirectUrl !== undefined,
    payment: {
      mode: row.payment_mode,
      gatewayTransactionId: row.phonepe_transaction_id,
      utr: mask.reference(row.utr),
      upiTransactionId: mask.reference(row.upi_transaction_id),
      vpa: mask.address(row.vpa),
    },
    settlement: { status: row.settlement_status, expectedOn: row.settlement_date },
    supersededBy: row.supersededBy,
    duplicateOf: row.duplicateOf,
    accessRevokedAt: row.accessRevokedAt,
    /** The operator's last word on access. */
    accessWord: row.accessWord && {
      ...row.accessWord,
      by: maskText(row.accessWord.by),
      why: maskText(row.accessWord.why),
    },
    refundsInPaisa: row.refunds,
    /** What is set aside for refunds under way. */
    refundHoldsInPaisa: row.refundHolds,
    disputes: Object.entries(readDisputes(row)).map(([disputeId, dispute]) => ({
      disputeId,
      ...dispute,
    })),
    /** What it needs an operator for, the oldest first. */
    attention: readAttention(row).map(({ detail, ...rest }) => ({
      ...rest,
      detail: detail === undefined ? undefined : maskText(detail),
    })),
    /** What an operator has said was dealt with. */
    attentionResolved: attentionReasons.flatMap((reason) => {
      const word = readResolution(row, reason);
      if (!word) return [];
      return [{ reason, at: word.at, by: maskText(word.by), why: maskText(word.why) }];
    }),
    history: Object.entries(row.history ?? {})
      .map(([eventId, { what, at }]) => ({ at, what, eventId }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  };
}
