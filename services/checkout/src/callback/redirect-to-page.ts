import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import type { KnownReturn } from './confirm-return.ts';
import type { FindReturnPage } from './find-return-page.ts';

/**
 * Sends a browser on to the page of the order's frontend, whatever came out. The address says nothing of it: the page
 * asks for itself, and has words of its own where the API cannot answer right now.
 */
export function redirectToPage(
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
