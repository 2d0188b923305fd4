import * as z from 'zod';

/** What EventBridge puts into a queue around our detail (AWS event envelope). */
export const busEnvelopeSchema = z.object({
  id: z.string().min(1),
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  time: z.string().min(1),
  detail: z.unknown(),
});
export type BusEnvelope = z.infer<typeof busEnvelopeSchema>;
