import { forkScript, messagesOf } from '../../child-process.ts';
import { answerSchema, type Question, readySchema } from './gateway-messages.ts';

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
