import * as z from 'zod';
import { timestampSchema } from '../time.ts';
import {
  consentShape,
  cursorSchema,
  messageCountsSchema,
  nextCursorSchema,
  partOf,
  walkerSchema,
} from './common.ts';
import { jobSchema } from './jobs.ts';

const text = z.string();

/** A dead letter in a list: all personal data masked. */
export const letterRowSchema = z.object({
  queue: text,
  messageId: text,
  eventId: text.optional(),
  detailType: text.optional(),
  transactionId: text.optional(),
  merchantOrderId: text.optional(),
  userId: text.optional(),
  occurredAt: text.optional(),
  failure: z.object({
    kind: z
      .enum(['permanent', 'exhausted', 'moved', 'undelivered'])
      .describe(
        'permanent, exhausted: written by the handler. moved: SQS moved it after crashes. undelivered: EventBridge could not put it into the queue.',
      ),
    reason: text,
    attempts: z.int().optional(),
    firstAt: text.optional(),
    lastAt: text,
  }),
  sentAt: text,
  replay: z.object({ count: z.int(), lastBy: text.optional(), lastAt: text.optional() }).optional(),
  subscriber: text
    .optional()
    .describe('Whose queue it goes back to; missing where nothing says it.'),
  cannotSucceed: text.optional().describe('Why no subscriber of this version can take it.'),
});
export type LetterRow = z.infer<typeof letterRowSchema>;

/** One letter whole; people’s addresses in its body are masked. */
export const letterSchema = letterRowSchema.extend({
  attributes: z.record(text, text),
  body: z.unknown(),
});
export type LetterWhole = z.infer<typeof letterSchema>;

/** Which letters are meant; all that is given must fit, and nothing given means every letter. */
export const letterFilterSchema = z.object({
  since: timestampSchema.optional().describe('Failed last at or after this moment.'),
  type: text.max(100).optional().describe('Detail type.'),
  order: text.max(100).optional().describe('Transaction id or merchant order id.'),
  user: text.max(100).optional(),
  reason: text
    .max(512)
    .optional()
    .describe(
      'What the reason has in it, in any case; `*` stands for anything, `^` and `$` pin its ends.',
    ),
  id: text.max(200).optional().describe('Message id or event id.'),
});
export type LetterFilterBody = z.infer<typeof letterFilterSchema>;

/** Letters of one queue that failed for the same reason. */
export const letterGroupSchema = z.object({
  queue: text,
  reason: text.describe(
    'With `*` for what differs; as a filter’s `reason` it matches all of them.',
  ),
  count: z.int(),
  firstFailedAt: text,
  lastFailedAt: text,
  kinds: z.record(text, z.int()).describe('Letters by kind of failure.'),
  cannotSucceed: z.int().describe('Letters that no subscriber of this version can take.'),
  obstacles: z.array(text).describe('Why, some of the words.'),
  noDestination: z.int().describe('Letters that name no subscriber.'),
  replayed: z.int().describe('Letters that were replayed before.'),
  mostReplays: z.int(),
});
export type LetterGroup = z.infer<typeof letterGroupSchema>;

/** What a look saw of one queue, or why it did not. */
export const lookedQueueSchema = z.union([
  z.object({
    queue: text,
    waiting: z.int(),
    seen: z.int(),
    hidden: z.int().describe('Letters that another client held all the time, about.'),
    isCut: z.boolean().describe('There are more letters than were looked at.'),
  }),
  z.object({
    queue: text,
    unread: text,
    walker: walkerSchema.optional().describe('Who goes through this queue now.'),
  }),
]);
export type LookedQueue = z.infer<typeof lookedQueueSchema>;

/** `POST /payments/admin/dead-letters/looks`. Looking receives letters and hides them from others for at least a minute. */
export const startLookRequestSchema = z.object({
  queue: text.max(100).optional().describe('Left out: every dead-letter queue.'),
  filter: letterFilterSchema.default({}),
});
export type StartLookRequest = z.input<typeof startLookRequestSchema>;

export const lookSchema = z.object({
  lookId: text,
  state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED']),
  by: text,
  queue: text.optional(),
  filter: letterFilterSchema,
  startedAt: timestampSchema,
  takenAt: timestampSchema.optional().describe('When it was over: the snapshot is of then.'),
  expiresAt: timestampSchema,
  why: text.optional().describe('Of a FAILED one.'),
  seen: z.int().nonnegative(),
  queues: z.array(lookedQueueSchema),
  groups: z.array(letterGroupSchema).describe('The largest first, at most 100.'),
  restGroups: z
    .object({ groups: z.int(), letters: z.int() })
    .describe('What is in no group shown.'),
  keptLetters: z.int().describe('How many letters its pages hold.'),
});
export type Look = z.infer<typeof lookSchema>;

/** `202` of the start; of `GET .../looks/{lookId}` `200`, with a page of letters. */
export const startLookResponseSchema = z.object({ success: z.literal(true), look: lookSchema });
export type StartLookResponse = z.infer<typeof startLookResponseSchema>;

export const lookQuerySchema = z.object({ cursor: cursorSchema.optional() });
export const lookResponseSchema = z.object({
  success: z.literal(true),
  look: lookSchema,
  letters: z.array(letterRowSchema),
  nextCursor: nextCursorSchema,
});
export type LookResponse = z.infer<typeof lookResponseSchema>;

/** `GET .../looks/{lookId}/letters/{messageId}` */
export const lookLetterResponseSchema = z.object({
  success: z.literal(true),
  letter: letterSchema,
  takenAt: timestampSchema.optional(),
});
export type LookLetterResponse = z.infer<typeof lookLetterResponseSchema>;

const choiceShape = {
  queue: text.min(1).max(100),
  filter: letterFilterSchema.default({}),
  max: z.int().min(1).max(1_000_000).optional().describe('Letters at most.'),
  cutOff: timestampSchema
    .optional()
    .describe(
      'Letters that came later are not meant: `cutOff` of the preview. Left out: when the job began.',
    ),
};

/** `POST /payments/admin/dead-letters/replays`. `dryRun`: a preview; else `reason`, on production `stage`, and a job. */
export const replayRequestSchema = z.union([
  z.object({ ...choiceShape, force: z.boolean().default(false), dryRun: z.literal(true) }),
  z.object({
    ...choiceShape,
    force: z
      .boolean()
      .default(false)
      .describe('Also what can never succeed by this version’s contracts.'),
    rate: z.int().min(1).max(500).optional().describe('Letters in a second at most.'),
    ...consentShape,
    dryRun: z.literal(false).optional(),
  }),
]);
export type ReplayRequest = z.input<typeof replayRequestSchema>;

/** `POST /payments/admin/dead-letters/discards`. Discarded letters are kept for 14 days and can be restored. */
export const discardRequestSchema = z.union([
  z.object({ ...choiceShape, dryRun: z.literal(true) }),
  z.object({ ...choiceShape, ...consentShape, dryRun: z.literal(false).optional() }),
]);
export type DiscardRequest = z.input<typeof discardRequestSchema>;

const restoreShape = {
  queue: text.min(1).max(100),
  jobId: text
    .max(100)
    .optional()
    .describe('The discard whose letters are meant; left out: all of the queue.'),
  messageId: text.max(200).optional().describe('Only this letter.'),
};

/** `POST /payments/admin/dead-letters/restores`: discarded letters go back into their dead-letter queue. */
export const restoreRequestSchema = z.union([
  z.object({ ...restoreShape, dryRun: z.literal(true) }),
  z.object({ ...restoreShape, ...consentShape, dryRun: z.literal(false).optional() }),
]);
export type RestoreRequest = z.input<typeof restoreRequestSchema>;

/** What a bulk action would meet. */
export const letterPreviewSchema = z.object({
  queue: text,
  takenAt: timestampSchema,
  cutOff: timestampSchema.describe(
    'Hand it back with the action: then it takes what was seen here, and no more.',
  ),
  counts: z.object({
    chosen: z.int().describe('What the action would take.'),
    notMeant: z.int().describe('What the filter leaves out.'),
    cameMeanwhile: z.int(),
    cannotSucceed: z.int().describe('Meant, and no subscriber of this version can take it.'),
    noDestination: z.int().describe('Meant, and nothing says whose it is.'),
  }),
  reasons: z
    .array(z.object({ reason: text, count: z.int() }))
    .describe('Of what is chosen, the most first.'),
  obstacles: z
    .array(z.object({ why: text, count: z.int() }))
    .describe('Why letters cannot succeed or go nowhere, the most first.'),
  hidden: z.int().describe('Letters that another client holds, about: they may be meant.'),
  isCut: z.boolean().describe('Time was over: there are more letters than were looked at.'),
  atMost: z.int().describe('So many letters at most are meant, as SQS counts them.'),
});
export type LetterPreview = z.infer<typeof letterPreviewSchema>;

/** `200` of a dry run. */
export const letterPreviewResponseSchema = z.object({
  success: z.literal(true),
  preview: letterPreviewSchema,
  command: text.describe('The same on the command line.'),
});
export type LetterPreviewResponse = z.infer<typeof letterPreviewResponseSchema>;

/** `202` of whatever runs as a job. */
export const jobStartedResponseSchema = z.object({ success: z.literal(true), job: jobSchema });
export type JobStartedResponse = z.infer<typeof jobStartedResponseSchema>;

/** The query of `GET /payments/admin/dead-letters/kept`. */
export const keptLettersQuerySchema = z.object({
  queue: text.min(1).max(100),
  cursor: cursorSchema.optional(),
});

/** Discarded letters of a queue, the latest first, until they are restored or their time is over. */
export const keptLettersResponseSchema = z.object({
  success: z.literal(true),
  letters: z.array(
    letterRowSchema.extend({
      discardedAt: timestampSchema,
      discardedBy: text,
      jobId: text,
      keptUntil: timestampSchema,
    }),
  ),
  nextCursor: nextCursorSchema,
});
export type KeptLettersResponse = z.infer<typeof keptLettersResponseSchema>;

/** `GET /payments/admin/queues`: attributes only, nothing is received. */
export const queuesResponseSchema = z.object({
  success: z.literal(true),
  countedAt: timestampSchema,
  queues: z.array(
    z.object({
      name: text,
      live: partOf(messageCountsSchema).optional().describe('`delivery` has none.'),
      dead: partOf(messageCountsSchema),
      walker: walkerSchema.optional().describe('Who goes through its dead letters now.'),
    }),
  ),
});
export type QueuesResponse = z.infer<typeof queuesResponseSchema>;
