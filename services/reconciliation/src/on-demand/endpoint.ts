import { reconcileOrderRequestSchema } from '@cloudnestle/contracts/http/reconciliation';
import { reportRequestSchema } from '@cloudnestle/contracts/http/reconciliation-report';
import { describeReconciled } from '@cloudnestle/operations/reconcile/describe-reconciled';
import {
  type ReconcileDependencies,
  type Reconciled,
  type Reconciliation,
  reconcileOrder,
} from '@cloudnestle/operations/reconcile/reconcile-order';
import { type Callers, requireCaller } from '@cloudnestle/runtime/http/authorise';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import {
  type Endpoint,
  type HttpAnswer,
  type HttpRequest,
  parseBody,
} from '@cloudnestle/runtime/http/handler';
import { buildReport, type ReportDependencies } from '../report/build-report.ts';

/** Reconciliation by hand as an HTTP endpoint: one order, or the report of a range of days. Admins only. */
export function buildReconcileEndpoint(
  deps: ReconcileDependencies & ReportDependencies & { admins: Callers },
): Endpoint {
  return {
    unit: 'reconcile',
    reads: 'json',
    handle: async (request) => {
      const actor = requireCaller(request, deps.admins, {
        forbidden: 'This is for administrators.',
      });
      const answer = await (asksForReport(request.body)
        ? answerReport(deps, request)
        : answerOrder(deps, request));
      return { ...answer, summary: { ...answer.summary, actor } };
    },
  };
}

function asksForReport(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('action' in body)) return false;
  if (body.action === 'generate_report') return true;
  throw invalidRequest([{ field: 'action', message: 'must be generate_report, or left out' }]);
}

async function answerOrder(
  deps: ReconcileDependencies,
  { body, requestId, traceparent }: HttpRequest,
): Promise<HttpAnswer> {
  const { transactionId } = parseBody(reconcileOrderRequestSchema, body);
  const trigger = {
    producer: 'reconciliation',
    causationId: requestId,
    traceparent,
    gatewayEvent: 'manual',
  };
  const outcome = await reconcileOrder(deps, transactionId, { trigger, repair: true });
  return answerReconciliation(outcome, transactionId);
}

async function answerReport(deps: ReportDependencies, { body }: HttpRequest): Promise<HttpAnswer> {
  const request = parseBody(reportRequestSchema, body);
  const report = await buildReport(deps, request);
  return {
    statusCode: 200,
    body: { success: true, timestamp: deps.now().toISOString(), report },
    summary: { outcome: `report of ${report.transactions.length} transactions` },
  };
}

const GATEWAY_RETRY_SECONDS = 30;

/** What reconciling one order answers: 200 with all that was found, or an error thrown. */
function answerReconciliation(outcome: Reconciliation, transactionId: string): HttpAnswer {
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
