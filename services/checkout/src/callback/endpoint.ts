import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';
import { answerCall } from './answer-call.ts';
import type { AskDependencies } from './ask-once.ts';
import { confirmReturn } from './confirm-return.ts';
import { expectsPage } from './expects-page.ts';
import type { FindReturnPage } from './find-return-page.ts';
import { readOrderId } from './read-order-id.ts';
import { redirectToPage } from './redirect-to-page.ts';

/**
 * The browser's return as an HTTP endpoint: a person is sent to the frontend's page, a program gets JSON. Of what comes
 * in, only the order's id is read; whoever knows it may ask, so nothing of the buyer is said.
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
