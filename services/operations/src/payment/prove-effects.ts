import type { WalkEvent } from '@cloudnestle/contracts/admin/payment';
import type {
  MailKind,
  MailState,
  NotificationItem,
} from '@cloudnestle/contracts/items/notification';
import { contentOf, type OrderStory } from '@cloudnestle/operations/story/story';
import type { SubscriberName } from '@cloudnestle/topology/types';
import type { PaymentFacts } from './gather-facts.ts';

/** What a table says of one effect. */
export type Proof = Pick<WalkEvent['subscribers'][number]['effects'][number], 'state'> & {
  at?: string | undefined;
  fact?: string | undefined;
};

/** Whether the user and both records hold the order, item by item. */
export function proveAccess({
  user,
  records,
  holdings,
  order,
}: OrderStory): Partial<Record<SubscriberName, Proof[]>> {
  const { transactionId, accessRevokedAt, completedAt } = order.row;
  const isBack = accessRevokedAt !== undefined;
  const fromGrant = (item: { grants?: Record<string, unknown> | undefined } | undefined): Proof => {
    if (item?.grants?.[transactionId] !== undefined)
      return { state: 'there', at: completedAt, fact: 'its grant is noted' };
    if (isBack) return { state: 'notDue', fact: 'access was taken back' };
    return { state: 'missing', fact: item ? 'it has no grant of this order' : 'there is none' };
  };
  const fromHolding = (held: 'held' | 'behind' | 'missing' | undefined, item: Proof): Proof => {
    if (held === 'held' && item.state === 'missing') {
      return { state: 'there', fact: 'it holds what was paid for' };
    }
    if (held === 'behind' && item.state === 'there') {
      return { state: 'missing', fact: 'its grant is noted, and its tier is less than that' };
    }
    return item;
  };
  const all = contentOf(records) ?? [];
  const byEmail = all.flatMap((each) => each.byEmail);
  return {
    tiers: [
      user.kind === 'unread'
        ? { state: 'unread', fact: user.why }
        : fromHolding(holdings?.user, fromGrant(user.value)),
    ],
    entitlements:
      records.kind === 'unread'
        ? [
            { state: 'unread', fact: records.why },
            { state: 'unread', fact: records.why },
          ]
        : [
            fromHolding(holdings?.byUserId, worstOf(all.map((each) => fromGrant(each.byUserId)))),
            byEmail.length === 0
              ? { state: 'notDue', fact: 'there is none, and none is made' }
              : fromHolding(holdings?.byEmail, worstOf(byEmail.map(fromGrant))),
          ],
  };
}

const order: readonly Proof['state'][] = ['missing', 'unread', 'there', 'notDue'];

export function worstOf(proofs: readonly Proof[]): Proof {
  const [worst] = proofs.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return worst ?? { state: 'missing', fact: 'there is none' };
}

export function proveDocument(
  documents: PaymentFacts['documents'],
  isMeant: (kind: string, credits: string | undefined) => boolean,
): Proof {
  if (documents.kind === 'unread') return { state: 'unread', fact: documents.why };
  const found = documents.value.find(({ kind, credits }) => isMeant(kind, credits?.refundId));
  return found
    ? { state: 'there', at: found.issuedAt, fact: found.number }
    : { state: 'missing', fact: 'there is none' };
}

export function proveMail(mails: OrderStory['mails'], kind: MailKind, notDue?: string): Proof {
  if (mails.kind === 'unread') return { state: 'unread', fact: mails.why };
  const item: NotificationItem | undefined = mails.value;
  const proof = proveState(item?.[kind]);
  return proof.state === 'missing' && notDue !== undefined
    ? { state: 'notDue', fact: notDue }
    : proof;
}

export function proveState(state: MailState | undefined): Proof {
  switch (state?.state) {
    case undefined:
      return { state: 'missing', fact: 'nothing is known of it' };
    case 'sent':
      return { state: 'there', at: state.sentAt, fact: `sent, ${state.messageId}` };
    case 'skipped':
      return { state: 'notDue', at: state.at, fact: `not sent: ${state.why}` };
    case 'sending':
      return { state: 'missing', at: state.claimedAt, fact: 'being sent' };
    case 'unknown':
      return {
        state: 'unread',
        at: state.since,
        fact: `unknown whether it was sent: ${state.why}`,
      };
  }
}
