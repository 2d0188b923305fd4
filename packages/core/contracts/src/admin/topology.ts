import * as z from 'zod';

/** `GET /payments/admin/topology`: what the live picture is drawn from; it changes with a deployment only. */
export const topologyResponseSchema = z.object({
  success: z.literal(true),
  bus: z.object({ name: z.string(), source: z.string() }),
  /** Which function publishes what is not drawn: every one goes through the bus. */
  rules: z.array(
    z.object({ name: z.string(), subscriber: z.string(), detailTypes: z.array(z.string()) }),
  ),
  queues: z.array(
    z.object({
      name: z
        .string()
        .describe('The subscriber; `delivery`, or `operations` of the operators’ jobs.'),
      queue: z.string().optional().describe('As AWS knows it; `delivery` has none.'),
      deadLetterQueue: z.string(),
    }),
  ),
  subscribers: z.array(
    z.object({
      name: z.string(),
      duty: z.string(),
      hears: z.array(z.string()),
      effects: z
        .array(z.object({ effect: z.string(), words: z.string(), table: z.string() }))
        .describe('What it leaves behind, in which table.'),
    }),
  ),
  schedules: z.array(z.object({ name: z.string(), everyMinutes: z.int(), function: z.string() })),
});
export type TopologyResponse = z.infer<typeof topologyResponseSchema>;
