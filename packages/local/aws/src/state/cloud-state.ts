import * as z from 'zod';
import { eventsStateSchema } from '../events/events-state.ts';
import { secretsStateSchema } from '../secrets/secrets-state.ts';

/** What the cloud itself keeps; tables and queues have their own stores. */
export const cloudStateSchema = z.strictObject({
  version: z.literal(1),
  events: eventsStateSchema,
  secrets: secretsStateSchema,
});

export type CloudState = z.infer<typeof cloudStateSchema>;

/** The state of a cloud that nobody has used yet. */
export function buildEmptyState(): CloudState {
  return { version: 1, events: { buses: [] }, secrets: { secrets: [] } };
}
