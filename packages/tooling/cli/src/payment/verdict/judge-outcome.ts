import { NOT_FOUND } from '@cloudnestle/payments/build-events';
import { formatRupees } from '@cloudnestle/payments/money';
import { mayStillBePaid } from '@cloudnestle/payments/payment-state';
import { describeGatewayOf } from '../story/describe-gateway-of.ts';
import type { Story } from '../story/story.ts';
import type { Finding } from './finding.ts';

/** Whether our books say what the gateway says. */
export function judgeOutcome(story: Story): Finding[] {
  const { order, judgement, discrepancies } = story;
  const { status } = order.row;
  if (judgement.kind === 'mismatch') {
    const text =
      `PhonePe's answer does not fit this order: ${describeMisfit(story, judgement)}. Nothing is granted. Compare the ` +
      "two in PhonePe's dashboard, and refund there what was paid.";
    return [{ need: 'person', text }];
  }
  const says = describeGatewayOf(story);
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
  { order }: Story,
  { event }: Extract<Story['judgement'], { kind: 'mismatch' }>,
): string {
  const { gatewayState, amountInPaisa } = event.detail.data;
  if (amountInPaisa === undefined || amountInPaisa === order.amountInPaisa) {
    return `${gatewayState}, of another merchant or another order`;
  }
  return `${gatewayState} over ${formatRupees(amountInPaisa)}, and our row says ${formatRupees(order.amountInPaisa)}`;
}

/** Nobody can pay it any more, and its gateway has never heard of it. */
function isForgotten(judgement: Story['judgement']): boolean {
  return judgement.kind === 'failed' && judgement.event.detail.data.gatewayState === NOT_FOUND;
}

/** What is to be said of an order that both sides see alike. */
function judgeAgreed({ order, judgement, lookedAt }: Story): Finding[] {
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
      const text = `${fact}, whose page has expired ${until}. The sweep goes on asking.`;
      return [{ need: 'others', text }];
    }
    // Nobody has its page; it only has to run out.
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
