import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { maskText } from '../words/mask.ts';
import { viewRefund } from './refund-view.ts';

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
