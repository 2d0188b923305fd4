import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { join } from '@cloudnestle/operations/reconcile/words';
import { describeRefund } from '@cloudnestle/operations/refunds/describe-refund';
import { countOf } from '@cloudnestle/operations/words/plural';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatSection, type Row } from '../payment/screen/format-section.ts';

/** A refund for people. */
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
