import * as z from 'zod';

/** Sent once when the gateway is ready. */
export const readySchema = z.object({ gatewayUrl: z.string() });
export type Ready = z.infer<typeof readySchema>;

/** What the benchmark asks of it. */
export const questionSchema = z.discriminatedUnion('ask', [
  /** From now on every status call is answered so late. */
  z.object({ ask: z.literal('latency'), latencyMs: z.int().nonnegative() }),
  z.object({ ask: z.literal('statusCalls') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Its answer to either. */
export const answerSchema = z.object({
  /** Since the start. */
  statusCalls: z.int(),
});
export type Answer = z.infer<typeof answerSchema>;
