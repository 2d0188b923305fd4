import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { viewRefund } from '@cloudnestle/operations/refunds/refund-view';
import { formatRupees } from '@cloudnestle/payments/money';
import { maskText } from '../output/mask.ts';
import { countOf } from '../output/plural.ts';
import { formatSection, type Row } from '../payment/screen/format-section.ts';
import { join } from '../reconcile/words.ts';

/** A refund as data: what the API tells of it, and where its next steps stand. Addresses in words are masked. */
export function describeRefund(refund: RefundItem) {
  const { lastAnswer, submittedAt, submissions, nextCheckAt, openShard } = refund;
  const text = (value: string | undefined) => (value === undefined ? undefined : maskText(value));
  const view = viewRefund(refund);
  return {
    ...view,
    note: text(view.note),
    requestedBy: maskText(view.requestedBy),
    refusal: view.refusal && { ...view.refusal, words: maskText(view.refusal.words) },
    doubt: text(view.doubt),
    lastAnswer: text(lastAnswer),
    submittedAt,
    submissions,
    /** Missing once there is nothing left to do. */
    nextLookAt: openShard === undefined ? undefined : nextCheckAt,
  };
}

/** The same for people. */
export function formatRefund(refund: RefundItem): string {
  const view = describeRefund(refund);
  const { amountInPaisa, submissions, completedAt, failedAt } = view;
  const rows: Row[] = [
    ['order', view.transactionId],
    ['state', join(view.state, completedAt ?? failedAt)],
    ['amount', amountInPaisa === undefined ? 'not set aside' : formatRupees(amountInPaisa)],
    ['asked for', join(view.createdAt, view.origin, view.requestedBy)],
    ['reason', join(view.reason, view.note)],
    ['refused', view.refusal && join(view.refusal.kind, view.refusal.words)],
    ['sent', view.submittedAt && join(view.submittedAt, countOf(submissions ?? 1, 'time'))],
    ['at the gateway', view.gatewayRefundId && join(view.gatewayRefundId, view.gatewayState)],
    ['error', view.errorCode && join(view.errorCode, view.detailedErrorCode)],
    ['last answer', view.lastAnswer],
    ['needs an operator', view.doubt],
    ['next look', view.nextLookAt],
  ];
  return formatSection(`Refund ${view.refundId}`, rows);
}
