import * as z from 'zod';
import { timestampSchema } from './time.ts';

/** What every event of ours carries beside its data. */
export const eventMetadataSchema = z.object({
  /** The fact's own id: the same fact has the same id, whoever publishes it and however often. */
  eventId: z.string().min(1),
  /** Version of the detail's shape. It only ever gains optional fields under one detail type. */
  schemaVersion: z.int().positive(),
  /** The order this belongs to, through every service: the transaction id. */
  correlationId: z.string().min(1),
  /** What made the producer publish: a request id, a message id, a sweep id. */
  causationId: z.string().min(1),
  /** W3C trace context, where the caller sent one. */
  traceparent: z.string().optional(),
  producer: z.string().min(1),
  /** When the fact happened (not when it was published): a message's age counts from here. */
  occurredAt: timestampSchema,
});
export type EventMetadata = z.infer<typeof eventMetadataSchema>;
