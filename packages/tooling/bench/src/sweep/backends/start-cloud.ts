import { forkScript, messagesOf } from '../../child-process.ts';
import {
  type Address,
  type Calls,
  callsSchema,
  newsSchema,
  type Question,
} from './cloud-messages.ts';

export interface SweptCloud {
  address: Address;
  /** Puts the pending orders back as they were, all of them due, and counts calls anew. */
  makeDue(): Promise<void>;
  /** The calls since then. */
  calls(): Promise<Calls>;
  stop(): void;
}

export interface CloudOptions {
  /** Pending orders; they are in the table from the first `makeDue` on. */
  due: number;
  /** Closed orders besides, written before this resolves. */
  closed: number;
  gatewayUrl: string;
  /** Told the share of the closed orders that is written, 0 to 1. */
  onFilling?(done: number): void;
}

/** Starts a cloud in another process. One question at a time. */
export async function startCloud(options: CloudOptions): Promise<SweptCloud> {
  const { due, closed, gatewayUrl, onFilling } = options;
  const script = new URL('cloud-process.ts', import.meta.url);
  const child = forkScript(script, [String(due), String(closed), gatewayUrl]);
  const messages = messagesOf(child);
  const next = async () => (await messages.next()).value;
  const ask = async (question: Question) => {
    child.send(question);
    return callsSchema.parse(await next());
  };
  let news = newsSchema.parse(await next());
  while (news.kind === 'filling') {
    onFilling?.(news.done);
    news = newsSchema.parse(await next());
  }
  return {
    address: news.address,
    makeDue: async () => {
      await ask('make due');
    },
    calls: () => ask('calls'),
    stop: () => child.kill(),
  };
}
