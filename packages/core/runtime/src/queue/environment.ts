import * as z from 'zod';
import { createSqsClient } from '../clients/sqs.ts';
import type { Platform } from '../platform.ts';
import type { QueueDependencies } from './subscriber.ts';

/** The variables every queue subscriber has. */
export const queueEnvironmentShape = {
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  RETRY_SCALE: z.coerce.number().min(0).default(1),
};

/** Wires a subscriber's queue from its variables. */
export function queueDependencies(
  config: { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string; RETRY_SCALE: number },
  platform: Platform,
): QueueDependencies {
  return {
    platform,
    sqs: createSqsClient(platform),
    queueUrl: config.QUEUE_URL,
    deadLetterQueueUrl: config.DEAD_LETTER_QUEUE_URL,
    retryScale: config.RETRY_SCALE,
  };
}
