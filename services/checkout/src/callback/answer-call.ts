import type { CallbackResponse } from '@cloudnestle/contracts/http/callback';
import { HttpError, tryAgain } from '@cloudnestle/runtime/http/errors';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import type { KnownReturn } from './confirm-return.ts';

/** What a program is answered: the order's status as far as it is known, and only that. */
export function answerCall(outcome: KnownReturn, transactionId: string): HttpAnswer {
  switch (outcome.kind) {
    case 'unavailable':
      throw tryAgain(outcome.reason, { summary: { transactionId } });
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
