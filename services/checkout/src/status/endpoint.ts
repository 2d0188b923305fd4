import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import type { Clock } from '@cloudnestle/payments/clock';
import { paisaToRupees } from '@cloudnestle/payments/money';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { describeStatus } from './describe-status.ts';
import { readStatus, type StatusDependencies, type StatusOutcome } from './read-status.ts';

/** The status call as an HTTP endpoint. Whoever knows the id may ask, so it says nothing of who the buyer is. */
export function buildStatusEndpoint(deps: StatusDependencies & { now: Clock }): Endpoint {
  return {
    unit: 'paymentStatus',
    reads: 'none',
    handle: async ({ pathParameters }) => {
      const parsed = transactionIdSchema.safeParse(pathParameters.transactionId);
      if (!parsed.success) {
        const message = parsed.error.issues[0]?.message ?? 'is malformed';
        throw invalidRequest([{ field: 'transactionId', message }]);
      }
      return answerOutcome(await readStatus(deps, parsed.data), parsed.data, deps.now());
    },
  };
}

function answerOutcome(outcome: StatusOutcome, transactionId: string, now: Date): HttpAnswer {
  switch (outcome.kind) {
    case 'unknownOrder':
      throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', {
        reason: `no order ${transactionId}`,
      });
    case 'unreadableOrder':
      throw new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side.', {
        reason: `${transactionId}: ${outcome.reason}`,
      });
    case 'order':
      return answerOrder(outcome, now);
  }
}

function answerOrder(
  { order, access }: Extract<StatusOutcome, { kind: 'order' }>,
  now: Date,
): HttpAnswer {
  const { transactionId, merchantOrderId, phonepeOrderId, status, tier } = order.row;
  const body: PaymentStatusResponse = {
    success: true,
    transactionId,
    merchantOrderId,
    ...(phonepeOrderId ? { phonepeOrderId } : {}),
    status,
    amount: paisaToRupees(order.amountInPaisa),
    amountInPaisa: order.amountInPaisa,
    currency: order.plan.currency,
    tier,
    access: access === 'granted' ? 'GRANTED' : 'PENDING',
    ...describeStatus(order, access, now),
  };
  const summary = { outcome: `${status}, access ${access}`, transactionId, merchantOrderId };
  return { statusCode: 200, body, summary };
}
