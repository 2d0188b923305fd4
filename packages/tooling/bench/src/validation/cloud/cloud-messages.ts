import * as z from 'zod';
import { searcherSchema } from './records.ts';

/** Where the cloud is, sent once when it is ready. */
export const addressSchema = z.object({
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
export const seenSchema = z.object({
  /** Calls by `service:operation`. */
  calls: z.record(z.string(), z.int()),
  /** The last call of each operation, as it was sent. */
  lastSent: z.record(z.string(), z.unknown()),
  /** The day's searches that each of the records says. */
  counted: z.array(z.number().optional()),
});
export type Seen = z.infer<typeof seenSchema>;
