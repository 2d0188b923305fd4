import type { UpgradeResponse } from '@cloudnestle/contracts/http/upgrade';
import { paisaToRupees } from '@cloudnestle/payments/money';
import { HttpError, isCallersFault, unavailable } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { readPurchase, type Shop } from './read-purchase.ts';
import {
  answerWithinMs,
  startBudget,
  type UpgradeDependencies,
  type UpgradeOutcome,
} from './upgrade-call.ts';
import { upgradeToPlan } from './upgrade-to-plan.ts';

/** The upgrade call as an HTTP endpoint; it answers within the function's timeout even if a dependency hangs. */
export function buildUpgradeEndpoint(
  deps: UpgradeDependencies & Shop & { functionTimeoutMs: number },
): Endpoint {
  const { metrics, now, functionTimeoutMs } = deps;
  const atMostMs = answerWithinMs(functionTimeoutMs);
  return {
    unit: 'upgrade',
    reads: 'json',
    handle: async ({ body, requestId, traceparent }) => {
      const budget = startBudget(functionTimeoutMs, now);
      try {
        const purchase = readPurchase(body, deps);
        const work = upgradeToPlan(deps, purchase, { requestId, traceparent, budget });
        const outcome = await withTimeout(work, atMostMs, (): never => {
          throw unavailable(`no result within ${atMostMs} ms`);
        });
        const answer = answerOutcome(outcome);
        // A page that was open already is no new payment.
        if (!answer.body.reused) {
          metrics.count('PaymentInitiationSucceeded');
          metrics.count('PaymentInitiationFailed', 0);
        }
        return answer;
      } catch (error) {
        if (!isCallersFault(error)) metrics.count('PaymentInitiationFailed');
        throw error;
      }
    },
  };
}

const GATEWAY_RETRY_SECONDS = 5;

/** What each outcome answers: 200 with a page, or an error thrown. */
function answerOutcome(outcome: UpgradeOutcome): HttpAnswer {
  switch (outcome.kind) {
    case 'opened':
      return answerPage(outcome);
    case 'userUnknown':
      throw new HttpError(404, 'USER_NOT_FOUND', 'No account fits this user id and email.');
    case 'suspended':
      throw new HttpError(
        403,
        'FORBIDDEN',
        'Your account is suspended, so it cannot be upgraded. Please contact support.',
      );
    case 'alreadyHeld':
      throw new HttpError(409, 'ALREADY_PRO', 'Your account already has this plan.', {
        extra: { currentTier: outcome.currentTier },
      });
    case 'unknownTier':
      throw new HttpError(
        409,
        'ALREADY_PRO',
        'Your account has a plan that this one cannot replace. Please contact support to change it.',
        {
          reason: `the catalogue has no tier "${outcome.currentTier}"`,
          extra: { currentTier: outcome.currentTier },
        },
      );
    case 'alreadyPaid':
      throw conflict(
        'ALREADY_PAID',
        'We have your payment. Your upgrade shows in a moment.',
        outcome,
      );
    case 'inProgress':
      throw conflict(
        'PAYMENT_IN_PROGRESS',
        'An earlier payment of yours is still being processed. Please look again in a few minutes.',
        outcome,
      );
    case 'otherPlanOpen': {
      const { order, page, currentTier } = outcome;
      const { transactionId } = order.row;
      throw new HttpError(
        409,
        'PAYMENT_IN_PROGRESS',
        'A payment page for another plan is still open. Finish it there, or wait until it has run out.',
        {
          summary: { transactionId },
          extra: {
            currentTier,
            transactionId,
            planId: order.plan.planId,
            redirectUrl: page.redirectUrl,
          },
        },
      );
    }
    case 'gatewayRefused':
      throw new HttpError(
        502,
        'GATEWAY_REFUSED',
        'The payment could not be started. Nothing was charged.',
        { reason: outcome.reason },
      );
    case 'gatewayUnavailable':
      throw new HttpError(
        503,
        'GATEWAY_UNAVAILABLE',
        'The payment provider does not answer right now. Please try again in a moment.',
        { reason: outcome.reason, retryAfterSeconds: GATEWAY_RETRY_SECONDS },
      );
    case 'busy':
      throw unavailable(outcome.reason);
    case 'unreadableOrder':
      throw new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side.', {
        reason: outcome.reason,
      });
  }
}

function answerPage({
  order,
  page,
  reused,
}: Extract<UpgradeOutcome, { kind: 'opened' }>): HttpAnswer {
  const { transactionId, merchantOrderId, userId } = order.row;
  const body: UpgradeResponse = {
    success: true,
    transactionId,
    merchantOrderId,
    phonepeOrderId: page.gatewayOrderId,
    redirectUrl: page.redirectUrl,
    amount: paisaToRupees(order.amountInPaisa),
    amountInPaisa: order.amountInPaisa,
    currency: order.plan.currency,
    status: 'PENDING',
    message: reused
      ? 'Your earlier payment page is still open. Redirecting to it...'
      : 'Payment initiated successfully. Redirecting to the payment page...',
    expiresAt: order.expiresAt.toISOString(),
    reused,
  };
  const summary = { transactionId, merchantOrderId, userId };
  return { statusCode: 200, body, summary: { outcome: reused ? 'reused' : 'opened', ...summary } };
}

function conflict(
  code: 'ALREADY_PAID' | 'PAYMENT_IN_PROGRESS',
  message: string,
  { currentTier, transactionId }: { currentTier: string; transactionId: string },
): HttpError {
  return new HttpError(409, code, message, {
    summary: { transactionId },
    extra: { currentTier, transactionId },
  });
}
