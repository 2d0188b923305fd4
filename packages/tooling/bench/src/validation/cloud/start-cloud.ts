import { forkScript, messagesOf } from '../../child-process.ts';
import { pointSdkAt } from '../../point-sdk.ts';
import {
  type Address,
  addressSchema,
  type Question,
  type Seen,
  seenSchema,
} from './cloud-messages.ts';
import type { Searcher } from './records.ts';

export interface SearchedCloud {
  address: Address;
  /** Puts the records of so many users back as they were, and counts calls anew. */
  putBack(searcher: Searcher, users: number): Promise<void>;
  /** What has happened since; to be asked once. */
  seen(): Promise<Seen>;
  stop(): void;
}

/** Starts a cloud in another process and points this process's SDK environment at it. One question at a time. */
export async function startCloud(): Promise<SearchedCloud> {
  const child = forkScript(new URL('cloud-process.ts', import.meta.url));
  const messages = messagesOf(child);
  const next = async () => (await messages.next()).value;
  const ask = async (question: Question) => {
    child.send(question);
    return seenSchema.parse(await next());
  };
  const address = addressSchema.parse(await next());
  pointSdkAt(address);
  return {
    address,
    putBack: async (searcher, users) => {
      await ask({ ask: 'put back', searcher, users });
    },
    seen: () => ask({ ask: 'seen' }),
    stop: () => child.kill(),
  };
}
