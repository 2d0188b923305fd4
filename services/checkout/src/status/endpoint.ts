import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import type { Access } from '@cloudnestle/payments/access';
import { isOutcomeDoubtful } from '@cloudnestle/payments/attention/attention';
import { paisaToRupees } from '@cloudnestle/payments/money';
import type { Order } from '@cloudnestle/payments/order';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { readStatus, type StatusDependencies, type StatusOutcome } from './read-status.ts';

/** The status call as an HTTP endpoint. Every caller who knows the id may ask, so it says nothing of who the buyer is. */
export function buildStatusEndpoint(deps: StatusDependencies): Endpoint {
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
    access: accessWords[access],
    ...describeStatus(order, access, now),
  };
  const summary = { outcome: `${status}, access ${access}`, transactionId, merchantOrderId };
  return { statusCode: 200, body, summary };
}

/** What holds an account back is no page's business, and may pass. */
const accessWords = {
  granted: 'GRANTED',
  ended: 'ENDED',
  pending: 'PENDING',
  withheld: 'PENDING',
} as const satisfies Record<Access, PaymentStatusResponse['access']>;

/** The return page asks about once a second. */
const SOON_MS = 1000;
/** Past its expiry only the sweep can still bring news of an order. */
const LATER_MS = 10_000;

/** What a buyer reads, the same as a code, and when to ask again (0: nothing more will change soon). */
export type StatusWords = Pick<PaymentStatusResponse, 'message' | 'reason' | 'retryAfterMs'>;

/** Describes an order to its buyer. */
export function describeStatus(order: Order, access: Access, now: Date): StatusWords {
  const { status } = order.row;
  if (status !== 'COMPLETED' && isOutcomeDoubtful(order.row)) {
    return {
      message: 'We are checking your payment. Support will get in touch.',
      reason: 'IN_DOUBT',
      retryAfterMs: 0,
    };
  }
  switch (status) {
    case 'PENDING':
      return now < order.expiresAt
        ? { message: 'We are waiting for your payment.', retryAfterMs: SOON_MS }
        : {
            message: 'The payment page has expired. If you have paid, it will show here soon.',
            reason: 'PAGE_EXPIRED',
            retryAfterMs: LATER_MS,
          };
    case 'FAILED':
      return { ...describeFailure(order), retryAfterMs: 0 };
    case 'COMPLETED':
      return describeCompleted(order, access);
  }
}

function describeFailure({ row }: Order): Pick<StatusWords, 'message' | 'reason'> {
  switch (row.failureReason) {
    case 'CANCELLED':
      return {
        message: 'The payment was cancelled. You can try again at any time.',
        reason: 'CANCELLED',
      };
    case 'EXPIRED':
    case 'UNKNOWN_AT_GATEWAY':
      return {
        message: 'The payment page has expired. You can try again at any time.',
        reason: 'EXPIRED',
      };
    default:
      return {
        message: 'The payment did not go through. You can try again at any time.',
        reason: 'DECLINED',
      };
  }
}

function describeCompleted({ row }: Order, access: Access): StatusWords {
  const extra = row.duplicateOf ? ' You had paid before: this amount is owed back to you.' : '';
  const paidTwice: Pick<StatusWords, 'reason'> = row.duplicateOf ? { reason: 'PAID_TWICE' } : {};
  switch (access) {
    case 'withheld':
      return { message: NO_ACCESS, reason: 'WITHHELD', retryAfterMs: 0 };
    case 'ended':
      return row.accessRevokedAt
        ? { message: NO_ACCESS, reason: 'TAKEN_BACK', retryAfterMs: 0 }
        : { message: TIME_IS_OVER, reason: 'TIME_OVER', retryAfterMs: 0 };
    case 'granted':
      return {
        message: `Payment received. Your upgrade is active.${extra}`,
        ...paidTwice,
        retryAfterMs: 0,
      };
    case 'pending':
      return {
        message: `Payment received. Your upgrade is on its way.${extra}`,
        ...paidTwice,
        retryAfterMs: SOON_MS,
      };
  }
}

const NO_ACCESS = 'This payment gives no access at the moment. Please contact support.';
const TIME_IS_OVER = 'The time that was paid for is over. You can buy it again at any time.';
