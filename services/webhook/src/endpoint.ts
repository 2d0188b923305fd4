import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { isCallersFault, unavailable } from '@cloudnestle/runtime/http/errors';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { answerOutcome } from './answer-outcome.ts';
import { ANSWER_WITHIN_MS } from './deadlines.ts';
import { type ReceiveDependencies, receiveWebhook } from './receive-webhook.ts';

/** The webhook as an HTTP endpoint: the use case's outcome in HTTP's words, in time whatever hangs. */
export function buildWebhookEndpoint(deps: ReceiveDependencies): Endpoint {
  return {
    unit: 'webhook',
    reads: 'raw',
    handle: async (request) => {
      const startedAt = deps.now().getTime();
      const count = ({ isFailed }: { isFailed: boolean }) => {
        deps.metrics.time('WebhookProcessingTime', deps.now().getTime() - startedAt);
        deps.metrics.count('WebhookFailed', isFailed ? 1 : 0);
      };
      try {
        const outcome = await withTimeout(
          receiveWebhook(deps, request),
          timeLimitMs(ANSWER_WITHIN_MS),
          (): never => {
            throw unavailable(`no result within ${ANSWER_WITHIN_MS} ms`);
          },
        );
        const answer = answerOutcome(outcome);
        count({ isFailed: false });
        return answer;
      } catch (error) {
        count({ isFailed: !isCallersFault(error) });
        throw error;
      }
    },
  };
}
