import * as z from 'zod';
import { timestampSchema } from '../time.ts';
import { cursorSchema, handrailShape, nextCursorSchema, operatorNameSchema } from './common.ts';

const text = z.string();

export const jobKindSchema = z
  .enum(['replay', 'discard', 'restore', 'reconcile', 'refundOwed', 'repair', 'resendMail'])
  .describe(
    'What an operator can have done by a job; a look through a queue is one as well, with a page of its own.',
  );
export type JobKind = z.infer<typeof jobKindSchema>;

/** WAITING: no worker has taken it up. CANCELLING: it stops at the next safe point. BROKEN_OFF: it ended before its time, `brokenOff` says why. */
export const jobStateSchema = z.enum([
  'WAITING',
  'RUNNING',
  'CANCELLING',
  'DONE',
  'CANCELLED',
  'BROKEN_OFF',
]);
export type JobState = z.infer<typeof jobStateSchema>;

/** Letters of a replay that are dead again. "Moved" is not "handled". */
export const watchedSchema = z.object({
  failedAgain: z.array(z.object({ reason: text, count: z.int() })).describe('The most first.'),
  stillAtWork: z
    .int()
    .describe(
      'Messages of the queue that waited or were being worked on when the watch was over; not only those of the replay.',
    ),
});
export type Watched = z.infer<typeof watchedSchema>;

export const jobSchema = z.object({
  jobId: text,
  kind: jobKindSchema,
  state: jobStateSchema,
  by: operatorNameSchema,
  reason: text,
  createdAt: timestampSchema,
  startedAt: timestampSchema.optional(),
  updatedAt: timestampSchema.describe('Its last sign of life.'),
  endedAt: timestampSchema.optional(),
  isStalled: z
    .literal(true)
    .optional()
    .describe(
      'Nothing was heard of it for ten minutes: no worker takes it up, or its message has died. It can be stopped and started again.',
    ),
  target: z
    .record(text, z.union([text, z.number(), z.boolean()]))
    .describe('What it is about: queue, filter, order, range.'),
  transactionId: text.optional(),
  queue: text.optional(),
  phase: text
    .optional()
    .describe('What it does now, in words: `going through the queue`, `watching`.'),
  expected: z.int().nonnegative().optional().describe('How many it may come to, about.'),
  done: z.int().nonnegative().describe('How many it has dealt with.'),
  counts: z
    .record(text, z.int())
    .describe(
      'By what became of them. replay: moved, notSent, notDeleted, stampCut, failedAgain, cameMeanwhile, cannotSucceed, noDestination, hidden. discard: discarded, notDeleted, tooLarge, hidden. restore: restored, sentAgain (of these, may be there twice), notSent, gone (restored before). reconcile: checked, deviating, published, errors. refundOwed: requested, refused. repair: published, attentionEnded, lettersPutBack. resendMail: released, published.',
    ),
  watched: watchedSchema.optional().describe('Of a replay, once it has been watched.'),
  said: z.array(text).describe('What it has done, in sentences.'),
  brokenOff: text
    .optional()
    .describe('Why it ended before its time; what is left stays as it was.'),
  results: z.int().nonnegative().describe('How many entries `GET .../results` has.'),
  ...handrailShape,
});
export type Job = z.infer<typeof jobSchema>;

/** `GET /payments/admin/jobs/{jobId}`, and the answer of its cancel. `ETag` and `If-None-Match` save the body. */
export const jobResponseSchema = z.object({ success: z.literal(true), job: jobSchema });
export type JobResponse = z.infer<typeof jobResponseSchema>;

/** `GET /payments/admin/jobs`: the newest first. */
export const jobsQuerySchema = z.object({ cursor: cursorSchema.optional() });
export const jobsResponseSchema = z.object({
  success: z.literal(true),
  jobs: z.array(jobSchema),
  nextCursor: nextCursorSchema,
});
export type JobsResponse = z.infer<typeof jobsResponseSchema>;

/** One order that a reconciliation of a range or a bulk refund has something to say of. */
export const jobResultSchema = z.object({
  transactionId: text,
  createdAt: text.optional(),
  status: text.optional(),
  gatewayStatus: text.optional(),
  amountInPaisa: z.int().nonnegative().optional(),
  discrepancies: z.array(text).describe('As `POST /payments/reconciliation` names them.'),
  done: text.optional().describe('What was done about it.'),
  error: text.optional().describe('Why it could not be looked at, or not be done.'),
  command: text.optional(),
});
export type JobResult = z.infer<typeof jobResultSchema>;

export const jobResultsQuerySchema = z.object({ cursor: cursorSchema.optional() });
export const jobResultsResponseSchema = z.object({
  success: z.literal(true),
  results: z.array(jobResultSchema),
  nextCursor: nextCursorSchema,
});
export type JobResultsResponse = z.infer<typeof jobResultsResponseSchema>;
