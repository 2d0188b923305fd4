import * as z from 'zod';
import { forkScript, messagesOf, pointSdkAt } from '../child-process.ts';
import { type Searcher, searcherSchema } from './records.ts';

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

/** Where the cloud is, sent once when it is ready. */
const addressSchema = z.object({
  awsEndpoint: z.string(),
  awsRegion: z.string(),
  /** The validation's variables. */
  environment: z.record(z.string(), z.string()),
  /** The day that searches are counted for, and the next one. */
  day: z.object({ today: z.string(), tomorrow: z.string() }),
});
export type Address = z.infer<typeof addressSchema>;

/** What the cloud is asked. */
export const questionSchema = z.discriminatedUnion('ask', [
  /** Writes the records of so many users anew and forgets the calls so far. */
  z.object({
    ask: z.literal('put back'),
    searcher: searcherSchema,
    users: z.int().positive(),
  }),
  /** Once after each of these. */
  z.object({ ask: z.literal('seen') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Its answer to either: what has happened since the records were put back. */
const seenSchema = z.object({
  /** Calls by `service:operation`. */
  calls: z.record(z.string(), z.int()),
  /** The last call of each operation, as it was sent. */
  lastSent: z.record(z.string(), z.unknown()),
  /** The day's searches that each of the records says. */
  counted: z.array(z.number().optional()),
});
export type Seen = z.infer<typeof seenSchema>;
