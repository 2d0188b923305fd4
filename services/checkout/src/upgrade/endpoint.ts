import { isCallersFault, tryAgain } from '@cloudnestle/runtime/http/errors';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { answerOutcome } from './answer-outcome.ts';
import { answerWithinMs, startBudget } from './budget.ts';
import type { UpgradeDependencies } from './dependencies.ts';
import { readPurchase, type Shop } from './read-purchase.ts';
import { upgradeToPlan } from './upgrade-to-plan.ts';

/** The upgrade call as an HTTP endpoint; it answers within the function's timeout, whatever hangs. */
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
          throw tryAgain(`no result within ${atMostMs} ms`);
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
