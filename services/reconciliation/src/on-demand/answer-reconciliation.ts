import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { describeReconciled } from '../by-hand/describe-reconciled.ts';
import type { Reconciled, Reconciliation } from '../by-hand/reconcile-order.ts';

const GATEWAY_RETRY_SECONDS = 30;

/** What reconciling one order answers: 200 with all that was found, or an error thrown. */
export function answerReconciliation(outcome: Reconciliation, transactionId: string): HttpAnswer {
  const summary = { transactionId };
  switch (outcome.kind) {
    case 'unknownOrder':
      throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', { summary });
    case 'unreadableOrder':
      throw new HttpError(500, 'INTERNAL_ERROR', 'This order cannot be read.', {
        reason: outcome.reason,
        summary,
      });
    case 'unavailable':
      throw new HttpError(
        503,
        'GATEWAY_UNAVAILABLE',
        'The payment provider or our own bus does not answer right now. Nothing was changed.',
        { reason: outcome.reason, retryAfterSeconds: GATEWAY_RETRY_SECONDS, summary },
      );
    case 'reconciled':
      return answerReconciled(outcome);
  }
}

function answerReconciled(outcome: Reconciled): HttpAnswer {
  const { order, published, discrepancies } = outcome;
  const { transactionId, merchantOrderId } = order.row;
  return {
    statusCode: 200,
    body: describeReconciled(outcome),
    summary: {
      outcome: published ? `published ${published.detailType}` : 'nothing published',
      transactionId,
      merchantOrderId,
      ...(published ? { eventId: published.detail.metadata.eventId } : {}),
      ...(discrepancies.length > 0 ? { reason: discrepancies.join(', ') } : {}),
    },
  };
}
