import { redact } from '@cloudnestle/runtime/redact';
import type { RecordDependencies } from '../dependencies.ts';
import { isRefundedInFull } from '../merge/refunds.ts';
import type { KeptRefund } from './keep-refund.ts';

/** Others' words are cut here in log lines. */
const LONGEST_TEXT = 200;

/**
 * Counts what is new about a refund, and warns an operator of what no machine decides: one that is not confirmed (the
 * `doubt`), or confirmed and less than the order's amount.
 */
export function reportRefund(
  deps: Pick<RecordDependencies, 'metrics' | 'log'>,
  { row, isNewEvent, isNewlyKept, isNewlyRevoked }: KeptRefund,
  about: {
    ids: { transactionId: string; eventId: string; merchantRefundId: string | undefined };
    doubt: string | undefined;
  },
): void {
  const { transactionId, eventId } = about.ids;
  const merchantRefundId = tidy(about.ids.merchantRefundId);
  if (isNewlyKept) deps.metrics.count('RefundRecorded');
  if (isNewlyRevoked) {
    deps.metrics.count('AccessRevoked');
    deps.log.warn('access revoked', { transactionId, eventId, merchantRefundId });
  }
  const partial = isRefundedInFull(row) ? undefined : 'less than the amount of the order';
  const why = about.doubt ?? partial;
  if (why === undefined || !(isNewEvent || isNewlyKept)) return;
  deps.metrics.count('RefundNeedsOperator');
  deps.log.warn('refund needs an operator', {
    transactionId,
    eventId,
    merchantRefundId,
    why: tidy(why),
  });
}

function tidy(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text).slice(0, LONGEST_TEXT);
}
