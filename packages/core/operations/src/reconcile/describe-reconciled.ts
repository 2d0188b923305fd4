import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { NOT_FOUND } from '@cloudnestle/payments/build-events';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Reconciled } from './reconcile-order.ts';

/** All that was found about one order, in the words of the contract. */
export function describeReconciled(outcome: Reconciled): ReconcileOrderResponse {
  const { order, judgement, holdings, published, review, discrepancies } = outcome;
  const { row } = order;
  return {
    success: true,
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    marketplace: {
      status: row.status,
      amountInPaisa: order.amountInPaisa,
      ...(row.status === 'FAILED' ? { failureReason: row.failureReason } : {}),
      completedAt: row.completedAt,
      accessRevokedAt: row.accessRevokedAt,
      duplicateOf: row.duplicateOf,
      attention: readAttention(row),
    },
    gateway: describeJudgement(judgement, order.amountInPaisa),
    published: published
      ? { detailType: published.detailType, eventId: published.detail.metadata.eventId }
      : null,
    access: holdings
      ? {
          user: holdings.user,
          recordByUserId: holdings.byUserId,
          recordByEmail: holdings.byEmail,
          agrees: holdings.isComplete,
        }
      : null,
    review,
    discrepancies,
  };
}

function describeJudgement(
  judgement: Judgement,
  amountInPaisa: number,
): ReconcileOrderResponse['gateway'] {
  switch (judgement.kind) {
    case 'completed': {
      const { gatewayState: state, completedAt } = judgement.event.detail.data;
      return { status: 'COMPLETED', state, amountInPaisa, completedAt };
    }
    case 'failed': {
      const { gatewayState: state, reason } = judgement.event.detail.data;
      const status = state === NOT_FOUND ? NOT_FOUND : 'FAILED';
      return { status, state, failureReason: reason };
    }
    case 'mismatch': {
      const { gatewayState: state, amountInPaisa: theirs } = judgement.event.detail.data;
      return { status: 'MISMATCH', state, amountInPaisa: theirs };
    }
    case 'pending':
      return { status: 'PENDING', state: judgement.gatewayState };
    case 'notFound':
    case 'gatewayUnavailable':
      return { status: 'NOT_FOUND' };
  }
}
