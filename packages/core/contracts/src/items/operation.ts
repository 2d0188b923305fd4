import * as z from 'zod';
import { actorKindSchema } from '../admin/actions.ts';
import { jobKindSchema, jobStateSchema, watchedSchema } from '../admin/jobs.ts';
import { lookSchema } from '../admin/letters.ts';
import { daySchema, timestampSchema } from '../time.ts';

/**
 * The items of `marketplace-payment-operations`, by their key (pk, sk). Two sparse indexes: by time (`timeKey`, `at`), in
 * which actions, jobs and kept letters stand in lists of their own, and by order (`transactionId`, `at`), for actions.
 */

const text = z.string().min(1);

/** DynamoDB removes an item some time after this second; readers leave out what is over. */
const expiresShape = {
  expiresAtSeconds: z.int().positive().describe('TTL: seconds since 1970.'),
};

/** What was done, by whom and why; without personal data of buyers. Never removed. pk `action#{actionId}`, sk `ACTION`. */
export const actionItemSchema = z.object({
  pk: text,
  sk: z.literal('ACTION'),
  actionId: text,
  at: timestampSchema,
  actor: actorKindSchema,
  /** The name in the user pool; of the command line, the caller that AWS names. */
  by: text,
  /** The subject of the operator's token. */
  subject: text.optional(),
  /** `dlq replay`, `payment repair`, `payment reveal`, ... */
  what: text,
  why: text.optional(),
  outcome: z.enum(['BEGUN', 'DONE', 'REFUSED', 'FAILED']),
  transactionId: text.optional(),
  queue: text.optional(),
  jobId: text.optional(),
  /** Ids and filters: what it was about. */
  target: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  counts: z.record(z.string(), z.int()),
  /** Index by time: `ACTION`. */
  timeKey: text,
});
export type ActionItem = z.infer<typeof actionItemSchema>;

/** What an operator has done by the worker. pk `job#{jobId}`, sk `JOB`. Kept for 90 days; its action for ever. */
export const jobItemSchema = z.object({
  pk: text,
  sk: z.literal('JOB'),
  jobId: text,
  /** `look` is one without a list entry: it stands on the look's own item. */
  kind: z.enum([...jobKindSchema.options, 'look']),
  state: jobStateSchema,
  by: text,
  subject: text,
  reason: text,
  at: timestampSchema,
  startedAt: timestampSchema.optional(),
  updatedAt: timestampSchema,
  endedAt: timestampSchema.optional(),
  transactionId: text.optional(),
  queue: text.optional(),
  /** What is to be done, as the worker reads it by the job's kind. */
  task: z.record(z.string(), z.unknown()),
  /** How far it has come, as the worker reads it by the job's kind: a killed run is taken up from here. */
  position: z.record(z.string(), z.unknown()).optional(),
  phase: text.optional(),
  expected: z.int().nonnegative().optional(),
  done: z.int().nonnegative(),
  counts: z.record(z.string(), z.int()),
  watched: watchedSchema.optional(),
  said: z.array(z.string()),
  brokenOff: text.optional(),
  results: z.int().nonnegative(),
  /** Runs that began and have not said how they ended. */
  runs: z.int().nonnegative().optional(),
  /** Which run has it, and until when no other may take it (rule 9). */
  claim: text.optional(),
  leaseUntil: timestampSchema.optional(),
  /** Counts the writes: every one of them is conditional on it. */
  version: z.int().nonnegative(),
  actionId: text,
  /** Index by time: `JOB`. */
  timeKey: text,
  ...expiresShape,
});
export type JobItem = z.infer<typeof jobItemSchema>;

/** A page of what a job found, compressed JSON. pk `job#{jobId}`, sk `RESULT#{number in six digits}`. */
export const resultPageItemSchema = z.object({
  pk: text,
  sk: text,
  gzip: z.instanceof(Uint8Array),
  count: z.int().positive(),
  /** Items of this page, where it is too large for one; the others end in `#1`, `#2`, ... */
  parts: z.int().positive().optional(),
  ...expiresShape,
});

/** A look through one or all dead-letter queues, masked. pk `look#{lookId}`, sk `LOOK`. Kept for a day. */
export const lookItemSchema = z.object({
  pk: text,
  sk: z.literal('LOOK'),
  look: lookSchema,
  ...expiresShape,
});
export type LookItem = z.infer<typeof lookItemSchema>;

/** A page of a look's letters, compressed JSON, masked. pk `look#{lookId}`, sk `LETTERS#{number in six digits}`. */
export const letterPageItemSchema = resultPageItemSchema;

/** A discarded letter, kept whole for 14 days. pk `kept#{jobId}`, sk its message id; `jobId` names the discard, a job's or a command's. */
export const keptLetterItemSchema = z.object({
  pk: text,
  sk: text,
  jobId: text,
  queue: text,
  messageId: text,
  by: text,
  /** When it was kept; it was deleted from its queue right after that. */
  at: timestampSchema,
  /** The letter as it was received, compressed JSON: personal data in it. */
  gzip: z.instanceof(Uint8Array),
  /** Which restore is about to send it back, or was killed at that: from then on it may be in its queue as well (rule 9). */
  restoring: text.optional(),
  /** Index by time: `KEPT#{queue}`. */
  timeKey: text,
  ...expiresShape,
});
export type KeptLetterItem = z.infer<typeof keptLetterItemSchema>;

/** How the keys of walks begin: who looks may write these items alone. */
export const WALK_KEY = 'walk#';

/** Who goes through a dead-letter queue: one at a time, by a conditional write. pk `walk#{queue}`, sk `WALK`. */
export const walkItemSchema = z.object({
  pk: text,
  sk: z.literal('WALK'),
  queue: text,
  /** Whose walk it is (rule 9): a job's, a look's or a request's id. */
  holder: text,
  by: text,
  since: timestampSchema,
  leaseUntil: timestampSchema,
});
export type WalkItem = z.infer<typeof walkItemSchema>;

/** The numbers of one day in India, recomputed and never counted up. pk `revenue`, sk the day. */
export const revenueDayKeySchema = z.object({ pk: z.literal('revenue'), sk: daySchema });
