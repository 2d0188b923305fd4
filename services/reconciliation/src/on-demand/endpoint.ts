import { reconcileOrderRequestSchema } from '@cloudnestle/contracts/http/reconciliation';
import { reportRequestSchema } from '@cloudnestle/contracts/http/reconciliation-report';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpAnswer, HttpRequest } from '@cloudnestle/runtime/http/handler';
import { parseBody } from '@cloudnestle/runtime/http/parse-body';
import { type ReconcileDependencies, reconcileOrder } from '../by-hand/reconcile-order.ts';
import { buildReport, type ReportDependencies } from '../report/build-report.ts';
import { answerReconciliation } from './answer-reconciliation.ts';
import { type Admins, authorise } from './authorise.ts';

/** Reconciliation by hand as an HTTP endpoint: one order, or the report of a range of days. Admins only. */
export function buildReconcileEndpoint(
  deps: ReconcileDependencies & ReportDependencies & { admins: Admins },
): Endpoint {
  return {
    unit: 'reconcile',
    reads: 'json',
    handle: async (request) => {
      const actor = requireAdmin(request, deps.admins);
      const answer = await (asksForReport(request.body)
        ? answerReport(deps, request)
        : answerOrder(deps, request));
      return { ...answer, summary: { ...answer.summary, actor } };
    },
  };
}

/** The admin's id. Throws 401 without a token that was made for this, 403 for anybody else's. */
function requireAdmin({ claims }: HttpRequest, admins: Admins): string {
  const authorisation = authorise(claims, admins);
  switch (authorisation.kind) {
    case 'admin':
      return authorisation.subject;
    case 'forbidden':
      throw new HttpError(403, 'FORBIDDEN', 'This is for administrators.', {
        summary: { actor: authorisation.subject },
      });
    case 'unauthenticated':
      throw new HttpError(401, 'UNAUTHENTICATED', 'Please sign in.', {
        reason: authorisation.reason,
      });
  }
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
