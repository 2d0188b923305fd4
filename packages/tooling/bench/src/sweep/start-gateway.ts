import * as z from 'zod';
import { forkScript, messagesOf } from '../child-process.ts';

export interface SweptGateway {
  url: string;
  /** From now on every status call is answered so late. */
  answerAfter(latencyMs: number): Promise<void>;
  /** The status calls since the start. */
  statusCalls(): Promise<number>;
  stop(): void;
}

/** Starts the gateway's sandbox in another process, with so many pending orders. One question at a time. */
export async function startGateway(orders: number): Promise<SweptGateway> {
  const child = forkScript(new URL('gateway-process.ts', import.meta.url), [String(orders)]);
  const messages = messagesOf(child);
  const next = async () => (await messages.next()).value;
  const ask = async (question: Question) => {
    child.send(question);
    return answerSchema.parse(await next());
  };
  const { gatewayUrl } = readySchema.parse(await next());
  return {
    url: gatewayUrl,
    answerAfter: async (latencyMs) => {
      await ask({ ask: 'latency', latencyMs });
    },
    statusCalls: async () => (await ask({ ask: 'statusCalls' })).statusCalls,
    stop: () => child.kill(),
  };
}

/** Sent once when the gateway is ready. */
const readySchema = z.object({ gatewayUrl: z.string() });
export type Ready = z.infer<typeof readySchema>;

/** What the benchmark asks of it. */
export const questionSchema = z.discriminatedUnion('ask', [
  /** From now on every status call is answered so late. */
  z.object({ ask: z.literal('latency'), latencyMs: z.int().nonnegative() }),
  z.object({ ask: z.literal('statusCalls') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Its answer to either. */
const answerSchema = z.object({
  /** Since the start. */
  statusCalls: z.int(),
});
export type Answer = z.infer<typeof answerSchema>;
