import { NOT_FOUND } from '@cloudnestle/payments/build-events';
import { formatRupees } from '@cloudnestle/payments/money';
import { mayStillBePaid } from '@cloudnestle/payments/order';
import { describeGateway } from '../reconcile/words.ts';
import { contentOf, type OrderStory, readGateway } from '../story/story.ts';
import type { Finding } from './finding.ts';

/** Whether our books say what the gateway says. */
export function judgeOutcome(story: OrderStory): Finding[] {
  const { order, judgement, discrepancies } = story;
  const { status } = order.row;
  if (judgement.kind === 'mismatch') {
    const text =
      `PhonePe's answer does not fit this order: ${describeMisfit(story, judgement)}. Nothing is granted. Compare the ` +
      "two in PhonePe's dashboard, and refund there what was paid.";
    return [{ need: 'person', text }];
  }
  const gateway = readGateway(story);
  const says = gateway ? describeGateway(gateway) : 'nothing';
  if (discrepancies.includes('CONTRADICTION')) {
    const text =
      `Our books say paid, and PhonePe says ${says}. Find out in PhonePe's dashboard which is true; nothing is ` +
      'published until then.';
    return [{ need: 'person', text }];
  }
  if (discrepancies.includes('NOT_RECORDED')) {
    if (isForgotten(judgement)) {
      const text = `PhonePe does not know this order, and it cannot be paid any more: it has expired, and our books say ${status}.`;
      return [{ need: 'settle', text }];
    }
    const text = `PhonePe says ${says}, and our books say ${status}: the webhook was lost, or is still to come.`;
    return [{ need: 'settle', text }];
  }
  return judgeAgreed(story);
}

function describeMisfit(
  { order }: OrderStory,
  { event }: Extract<OrderStory['judgement'], { kind: 'mismatch' }>,
): string {
  const { gatewayState, amountInPaisa } = event.detail.data;
  if (amountInPaisa === undefined || amountInPaisa === order.amountInPaisa) {
    return `${gatewayState}, of another merchant or another order`;
  }
  return `${gatewayState} over ${formatRupees(amountInPaisa)}, and our row says ${formatRupees(order.amountInPaisa)}`;
}

/** The buyer cannot pay it any more, and its gateway has never heard of it. */
function isForgotten(judgement: OrderStory['judgement']): boolean {
  return judgement.kind === 'failed' && judgement.event.detail.data.gatewayState === NOT_FOUND;
}

/** What is to be said of an order that both sides see alike. */
function judgeAgreed({ order, judgement, lookedAt }: OrderStory): Finding[] {
  const { status, failureReason, supersededBy } = order.row;
  const until = order.expiresAt.toISOString();
  if (status === 'PENDING') {
    if (judgement.kind === 'gatewayUnavailable') {
      const text =
        'Our books say PENDING. Whether it was paid is not known: only PhonePe can say it.';
      return [{ need: 'answer', text }];
    }
    const isUnknown = judgement.kind === 'notFound';
    const fact = isUnknown ? 'PhonePe does not know this order' : 'The buyer has not paid yet';
    if (lookedAt > order.expiresAt) {
      const expired = `${fact}, whose page has expired ${until}.`;
      // Out of the index of open orders: an operator has ended it, or will.
      if (order.row.openShard === undefined)
        return [{ text: `${expired} The sweep asks no more.` }];
      return [{ need: 'others', text: `${expired} The sweep goes on asking.` }];
    }
    // The buyer never had its page; it only has to run out.
    if (supersededBy !== undefined)
      return [{ need: 'others', text: `It expires by itself ${until}.` }];
    return [{ need: 'others', text: `${fact}; it can be paid until ${until}.` }];
  }
  if (status === 'COMPLETED') {
    const isConfirmed = judgement.kind === 'completed';
    return isConfirmed ? [{ text: 'Paid, and our books say what PhonePe says.' }] : [];
  }
  const isOpen = failureReason !== undefined && mayStillBePaid(failureReason);
  if (judgement.kind === 'pending' && isOpen) {
    const text = `Failed here (${failureReason}), and PhonePe has no outcome: late money is looked for.`;
    return [{ need: 'others', text }];
  }
  return [{ text: `The payment has failed (${failureReason}). The buyer can try again.` }];
}

/** What the buyer's other orders mean for this one. */
export function judgeOtherOrders({ order, others }: OrderStory): Finding[] {
  const { row } = order;
  const found: Finding[] = [];
  if (row.supersededBy !== undefined) {
    const text = `Another order took its place (${row.supersededBy}): no buyer ever had the page of this one.`;
    found.push({ text });
  }
  if (row.duplicateOf !== undefined && row.accessRevokedAt === undefined) {
    const text =
      `The buyer had already paid with ${row.duplicateOf}: the ${formatRupees(order.amountInPaisa)} of this order are ` +
      "owed back. Refund it in PhonePe's dashboard; access stays with the other one.";
    found.push({ need: 'person', text });
  }
  for (const other of contentOf(others)?.orders ?? []) {
    const isPaid = other.status === 'COMPLETED' && other.accessRevokedAt === undefined;
    if (!isPaid) continue;
    if (other.duplicateOf === row.transactionId) {
      const text = `The buyer has paid a second time, with ${other.transactionId}: that one is owed back.`;
      found.push({ text });
    } else if (row.status !== 'COMPLETED') {
      found.push({ text: `The buyer has paid with another order: ${other.transactionId}.` });
    }
  }
  return found;
}
