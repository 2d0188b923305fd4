import * as z from 'zod';

/** A call to AWS as it reached the endpoint. */
export const callSchema = z.object({
  service: z.string(),
  operation: z.string(),
  body: z.unknown(),
});
export type Call = z.infer<typeof callSchema>;
