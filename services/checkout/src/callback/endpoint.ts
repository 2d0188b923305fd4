import type { CallbackResponse } from '@cloudnestle/contracts/http/callback';
import { HttpError, unavailable } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpAnswer } from '@cloudnestle/runtime/http/handler';
import type { FindReturnPage } from '../return-page.ts';
import { type AskDependencies, confirmReturn, type KnownReturn } from './confirm-return.ts';
import { expectsPage, readOrderId } from './read-request.ts';

/**
 * The browser's return as an HTTP endpoint: a browser is sent to the frontend's page, a program gets JSON. Of what
 * comes in, only the order's id is read; every caller who knows it may ask, so the answer says nothing of the buyer.
 */
export function buildCallbackEndpoint(
  deps: AskDependencies & { findReturnPage: FindReturnPage },
): Endpoint {
  return {
    unit: 'callback',
    reads: 'raw',
    handle: async (request) => {
      const transactionId = readOrderId(request);
      const outcome = await confirmReturn(deps, transactionId, request);
      if (outcome.kind === 'unknownOrder') {
        throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', {
          reason: 'no such order here',
          summary: { transactionId },
        });
      }
      return expectsPage(request)
        ? redirectToPage(outcome, transactionId, deps.findReturnPage)
        : answerCall(outcome, transactionId);
    },
  };
}

/**
 * Sends a browser on to the page of the order's frontend, with any outcome. The address says nothing of it: the page
 * asks for itself, and has words of its own where the API cannot answer right now.
 */
function redirectToPage(
  outcome: KnownReturn,
  transactionId: string,
  findReturnPage: FindReturnPage,
): HttpAnswer {
  const source = outcome.kind === 'order' ? outcome.order.row.source : undefined;
  return {
    statusCode: 303,
    headers: { location: findReturnPage(source, transactionId) },
    body: {},
    summary: { ...summarise(outcome), transactionId },
  };
}

function summarise(outcome: KnownReturn): HttpAnswer['summary'] {
  if (outcome.kind !== 'order') {
    return { outcome: `redirected: ${outcome.kind}`, reason: outcome.reason };
  }
  const { status, ...facts } = outcome.finding;
  const { merchantOrderId } = outcome.order.row;
  return { ...facts, outcome: `redirected: ${status}`, merchantOrderId };
}

/** What a program is answered: the order's status as far as it is known, and only that. */
function answerCall(outcome: KnownReturn, transactionId: string): HttpAnswer {
  switch (outcome.kind) {
    case 'unavailable':
      throw unavailable(outcome.reason, { summary: { transactionId } });
    case 'unreadable':
      throw new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side.', {
        reason: outcome.reason,
        summary: { transactionId },
      });
    case 'order':
      return answerFinding(outcome, transactionId);
  }
}

function answerFinding(
  { order, finding }: Extract<KnownReturn, { kind: 'order' }>,
  transactionId: string,
): HttpAnswer {
  const { status, ...facts } = finding;
  const { merchantOrderId } = order.row;
  const body: CallbackResponse = { success: true, transactionId, merchantOrderId, status };
  return {
    statusCode: 200,
    body,
    summary: { ...facts, outcome: status, transactionId, merchantOrderId },
  };
}
