import type { AccessView, OrderView, PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import { mailKindSchema } from '@cloudnestle/contracts/items/notification';
import { refundedInPaisa } from '@cloudnestle/operations/attention/money-steps';
import { readHolds } from '@cloudnestle/operations/refunds/order-money';
import { describeOrder as describeBooks } from '@cloudnestle/operations/story/describe-order';
import { contentOf, type OrderStory } from '@cloudnestle/operations/story/story';
import { createMask, maskText } from '@cloudnestle/operations/words/mask';
import { type EntitlementRecord, tierOf } from '@cloudnestle/payments/access';
import { toPart } from '../stage/count-queues.ts';
import type { PaymentFacts } from './gather-facts.ts';

const mask = createMask(false);

/** The order as our books have it, personal data masked. */
export function describeOrder({ order }: Pick<OrderStory, 'order'>): OrderView {
  const { row, plan } = order;
  const { attention, history, ...told } = describeBooks(order, mask);
  return {
    ...told,
    gateway: row.paymentMethod,
    planId: plan.planId,
    refundableInPaisa: refundableInPaisa(order),
    attention: attention.map(({ reason, since, detail }) => ({
      reason,
      since,
      ...(detail === undefined ? {} : { detail }),
    })),
    attentionVersion: row.attentionVersion,
    history: history.map(({ what, ...entry }) => ({ ...entry, what: maskText(what) })),
  };
}

/** Of what was paid, as often as it was paid: what neither went back nor is set aside. */
function refundableInPaisa({ row, amountInPaisa }: OrderStory['order']): number {
  if (row.status !== 'COMPLETED') return 0;
  const paid = amountInPaisa * (row.completedAttempts ?? 1);
  const held = Object.values(readHolds(row)).reduce((sum, each) => sum + each, 0);
  return Math.max(paid - refundedInPaisa(row) - held, 0);
}

/** What the buyer holds. */
export function describeAccess({ user, records, holdings, order }: OrderStory): AccessView {
  const { transactionId } = order.row;
  const hasGrant = (item: { grants?: Record<string, unknown> | undefined }) =>
    item.grants?.[transactionId] !== undefined;
  const toRecord = (record: EntitlementRecord) => ({
    tier: tierOf(record),
    status: record.status,
    hasGrant: hasGrant(record),
  });
  const person = toPart(user);
  const held = toPart(records);
  return {
    user:
      person === undefined
        ? null
        : 'unread' in person
          ? person
          : {
              userId: person.userId,
              email: mask.address(person.email),
              tier: person.subscriptionTier,
              status: person.subscriptionStatus,
              hasGrant: hasGrant(person),
            },
    records:
      'unread' in held
        ? held
        : held.map(({ byUserId, byEmail }, index) => ({
            solutionId: order.plan.solutionIds[index] ?? '',
            byUserId: byUserId ? toRecord(byUserId) : null,
            byEmail: byEmail.map(toRecord),
          })),
    holdings: holdings
      ? {
          user: holdings.user,
          recordByUserId: holdings.byUserId,
          recordByEmail: holdings.byEmail,
          isComplete: holdings.isComplete,
        }
      : null,
  };
}

/** Every mail that the order, its refunds and its documents may have led to. */
export function describeMails({ story, otherMails }: PaymentFacts): PaymentResponse['mails'] {
  const mails = toPart(story.mails);
  if (mails && 'unread' in mails) return mails;
  const own = mailKindSchema.options.flatMap((kind) => {
    const state = mails?.[kind];
    // What only a pass, a refund or a document has is shown where there is one.
    const isUsual = kind === 'initiated' || kind === 'welcome' || kind === 'failed';
    return state || isUsual ? [{ kind, state: state ?? null }] : [];
  });
  const others = [...(contentOf(otherMails) ?? [])].map(([of, item]) => {
    const kind =
      of.startsWith('MR-') || item?.refunded ? ('refunded' as const) : ('document' as const);
    return { kind, of, state: item?.[kind] ?? null };
  });
  return [...own, ...others];
}
