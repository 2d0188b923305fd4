import { refundRequestSchema } from '@cloudnestle/contracts/http/refund';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { viewRefund } from '@cloudnestle/operations/refunds/refund-view';
import {
  type RequestDependencies,
  requestRefund,
} from '@cloudnestle/operations/refunds/request-refund';
import type { Callers } from '@cloudnestle/runtime/http/authorise';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import {
  type Endpoint,
  type HttpAnswer,
  type HttpRequest,
  parseBody,
} from '@cloudnestle/runtime/http/handler';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { requireRepairer } from '../callers.ts';

interface EndpointDependencies extends RequestDependencies {
  callers: Callers;
  log: Log;
  metrics: Metrics;
}

/** Asks for money to be paid back: 202 with the refund, its amount set aside; 409 with the reason where it cannot be. */
export function buildRefundEndpoint(deps: EndpointDependencies): Endpoint {
  return {
    unit: 'refund',
    reads: 'json',
    handle: async (request) => {
      const actor = requireRepairer(request, deps.callers);
      const answer = await answerRequest(deps, request, actor);
      return { ...answer, summary: { ...answer.summary, actor } };
    },
  };
}

async function answerRequest(
  deps: EndpointDependencies,
  { body, requestId, traceparent }: HttpRequest,
  actor: string,
): Promise<HttpAnswer> {
  const wish = parseBody(refundRequestSchema, body);
  const { transactionId } = wish;
  const summary = { transactionId, actor };
  const result = await requestRefund(deps, wish, {
    requester: { by: actor, origin: 'OPERATOR' },
    trigger: { producer: 'refunds', causationId: requestId, traceparent },
  });
  switch (result.kind) {
    case 'unknownOrder':
      throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', { summary });
    case 'keyReused':
      throw new HttpError(
        409,
        'IDEMPOTENCY_KEY_REUSED',
        'This idempotency key stands for another refund.',
        { extra: { transactionId, refundId: result.refundId }, summary },
      );
    case 'refund': {
      const { refund, published } = result;
      if (published?.kind === 'failed') {
        // The sweep finds it within a minute.
        deps.log.warn('refund not announced', { transactionId, reason: published.reason });
      }
      return answerRefund(deps, refund, actor);
    }
  }
}

function answerRefund({ metrics }: EndpointDependencies, refund: RefundItem, actor: string) {
  const { refundId, transactionId, refusal } = refund;
  if (refusal === undefined) {
    return {
      statusCode: 202,
      body: { success: true, refund: viewRefund(refund) },
      summary: { outcome: `refund ${refund.state}`, transactionId },
    };
  }
  metrics.count('RefundRefused');
  throw new HttpError(409, 'REFUND_REFUSED', `This cannot be refunded: ${refusal.words}`, {
    reason: refusal.kind,
    extra: { transactionId, refundId, refusal: refusal.kind },
    summary: { transactionId, actor },
  });
}
