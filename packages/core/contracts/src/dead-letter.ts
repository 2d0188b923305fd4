import * as z from 'zod';
import { eventTextSchema } from './text.ts';
import { timestampSchema } from './time.ts';

/**
 * Why a record stands in a dead-letter queue, as SQS message attributes (all strings; SQS allows ten).
 * A message that SQS itself moved (crash, timeout) has none of them.
 */
export const deadLetterAttributesSchema = z.object({
  failureKind: z
    .enum(['permanent', 'exhausted'])
    .describe('`permanent`: can never succeed. `exhausted`: every attempt failed.'),
  failureReason: eventTextSchema
    .min(1)
    .max(512)
    .describe('One line an operator understands; no personal data.'),
  attempts: z.string().regex(/^\d+$/),
  firstFailedAt: timestampSchema,
  lastFailedAt: timestampSchema,
  eventId: eventTextSchema.min(1).optional(),
});
export type DeadLetterAttributes = z.infer<typeof deadLetterAttributesSchema>;

/** What a replay adds; the subscriber's summary line repeats it. */
export const replayAttributesSchema = z.object({
  replayedBy: eventTextSchema.min(1).optional(),
  replayedAt: timestampSchema.optional(),
  replayCount: z.string().regex(/^\d+$/).optional(),
});
export type ReplayAttributes = z.infer<typeof replayAttributesSchema>;

/** What EventBridge writes beside an event that it could not deliver (AWS, Event retry policy and dead-letter queues). */
const deliveryAttributes = [
  'RULE_ARN',
  'TARGET_ARN',
  'ERROR_CODE',
  'ERROR_MESSAGE',
  'EXHAUSTED_RETRY_CONDITION',
  'RETRY_ATTEMPTS',
];

const ownAttributes: ReadonlySet<string> = new Set([
  ...Object.keys(deadLetterAttributesSchema.shape),
  ...Object.keys(replayAttributesSchema.shape),
  ...deliveryAttributes,
]);

/** Whether a message attribute was written by others than the failure, a replay or EventBridge: it stays with the message. */
export function isForeignAttribute(name: string): boolean {
  return !ownAttributes.has(name);
}
