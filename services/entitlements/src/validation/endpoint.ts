import { validateTokenRequestSchema } from '@cloudnestle/contracts/http/validate-token';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { unavailable } from '@cloudnestle/runtime/http/errors';
import { type Endpoint, parseBody } from '@cloudnestle/runtime/http/handler';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { answerValidation } from './answer-validation.ts';
import type { ValidateDependencies } from './dependencies.ts';
import { validateToken } from './validate-token.ts';

/** `POST /api/validate-solution-token`: what the search app asks before every search. */
export function buildValidationEndpoint(
  deps: ValidateDependencies & { metrics: Metrics; answerWithinMs: number },
): Endpoint {
  return {
    unit: 'validateToken',
    reads: 'json',
    handle: async ({ body }) => {
      const request = parseBody(validateTokenRequestSchema, body);
      const { token, solution_id: solutionId } = request;
      const isOnlyLook = request.check_only === true;
      // Whoever was told to try again must not have been counted later.
      const over = new AbortController();
      const work = validateToken(deps, { token, solutionId, isOnlyLook, over: over.signal });
      const validation = await withTimeout(work, timeLimitMs(deps.answerWithinMs), () => {
        over.abort();
        throw unavailable(`no result within ${deps.answerWithinMs} ms`);
      });
      if (validation.kind === 'unknownToken') deps.metrics.count('TokenUnknown');
      if (validation.kind === 'exhausted') deps.metrics.count('QuotaExceeded');
      return answerValidation(validation, { solutionId, isOnlyLook, ...deps });
    },
  };
}
