import * as z from 'zod';

export const operations = ['token', 'pay', 'status', 'refund', 'refundStatus'] as const;
export type Operation = (typeof operations)[number];

/** One planned misbehaviour of the API. */
export const faultSchema = z
  .strictObject({
    operation: z.enum([...operations, '*']),
    /**
     * `latency`: the answer comes late. `status`: an error answer. `hang`: no answer. `reset`: the connection is cut.
     * `malformed`: 200 with half a JSON document.
     */
    kind: z.enum(['latency', 'status', 'hang', 'reset', 'malformed']),
    /** Waited before anything else, with every kind. */
    latencyMs: z.int().min(0).max(600_000).optional(),
    /** Of kind `status`; default 500. */
    status: z.int().min(400).max(599).optional(),
    /** How many calls it meets; default 1, null: until cleared. */
    count: z.int().min(1).nullable().optional(),
    /** The call is carried out first and only its answer is lost: the caller cannot know the outcome. */
    afterEffect: z.boolean().optional(),
  })
  .refine(({ kind, latencyMs }) => kind !== 'latency' || latencyMs !== undefined, {
    path: ['latencyMs'],
    error: 'a latency needs its length',
  });
export type Fault = z.infer<typeof faultSchema>;
