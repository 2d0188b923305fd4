import * as z from 'zod';
import { eventTextSchema } from './text.ts';
import { timestampSchema } from './time.ts';

const text = eventTextSchema.min(1);

/** What every event of ours carries beside its data. */
export const eventMetadataSchema = z.object({
  eventId: text.describe(
    "The fact's own id: the same fact has the same id, whichever function publishes it and however often.",
  ),
  schemaVersion: z
    .int()
    .positive()
    .describe("Version of the detail's shape, which only ever gains optional fields."),
  correlationId: text.describe(
    'The order this belongs to, through every service: the transaction id.',
  ),
  causationId: text.describe(
    'What made the producer publish: a request id, a message id, a sweep id.',
  ),
  traceparent: eventTextSchema.optional().describe('W3C trace context, where the caller sent one.'),
  producer: text.describe('The service that published it.'),
  occurredAt: timestampSchema.describe(
    "When the fact happened, not when it was published: a message's age counts from here.",
  ),
});
export type EventMetadata = z.infer<typeof eventMetadataSchema>;
