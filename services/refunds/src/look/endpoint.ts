import type { RefundRows } from '@cloudnestle/operations/refunds/refund-rows';
import { viewRefund } from '@cloudnestle/operations/refunds/refund-view';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Callers } from '@cloudnestle/runtime/http/authorise';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';
import { requireRepairer } from '../callers.ts';

/** One refund as it stands. */
export function buildLookEndpoint(deps: {
  refunds: Pick<RefundRows, 'find'>;
  callers: Callers;
}): Endpoint {
  return {
    unit: 'refundStatus',
    reads: 'none',
    handle: async (request) => {
      const actor = requireRepairer(request, deps.callers);
      const refund = await find(deps.refunds, request.pathParameters.refundId ?? '');
      if (!refund) {
        throw new HttpError(404, 'REFUND_NOT_FOUND', 'No such refund.', { summary: { actor } });
      }
      const { transactionId, state } = refund;
      return {
        statusCode: 200,
        body: { success: true, refund: viewRefund(refund) },
        summary: { outcome: state, transactionId, actor },
      };
    },
  };
}

async function find(refunds: Pick<RefundRows, 'find'>, refundId: string) {
  // DynamoDB takes no empty key.
  if (refundId === '') return undefined;
  try {
    return await refunds.find(refundId);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    throw new HttpError(500, 'INTERNAL_ERROR', 'This refund cannot be read.', {
      reason: error.message,
    });
  }
}
