import { tryAgain } from '@cloudnestle/runtime/http/errors';
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
      try {
        const outcome = await withTimeout(
          receiveWebhook(deps, request),
          ANSWER_WITHIN_MS,
          (): never => {
            throw tryAgain(`no result within ${ANSWER_WITHIN_MS} ms`);
          },
        );
        return answerOutcome(outcome);
      } finally {
        deps.metrics.time('WebhookProcessingTime', deps.now().getTime() - startedAt);
      }
    },
  };
}
