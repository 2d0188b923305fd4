import * as z from 'zod';
import { isCarried, textSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

/** Says who acts, as the action log and the screens have it. */
export const operatorNameSchema = z
  .string()
  .min(1)
  .describe(
    "The operator's name in the user pool; of the command line, the caller that AWS names.",
  );

/** Why something is done: kept in the action log. */
export const whySchema = textSchema
  .trim()
  .min(3)
  .max(500)
  .describe('Why, in words, for operators who look at it later. No personal data.');

/** What every change needs. `stage` must be the stage's name, and is required on production. */
export const consentShape = {
  reason: whySchema,
  stage: z
    .string()
    .max(100)
    .optional()
    .describe(
      'The name of the stage that is meant, typed by the operator: required on production.',
    ),
};

/** A change that is only tried: `dryRun` answers what would be done, and needs no reason. */
export const dryRunSchema = z.object({ dryRun: z.literal(true) });

/** Where the next page begins; opaque. */
export const cursorSchema = z
  .string()
  .max(1000)
  .describe('`nextCursor` of the page before; left out: the first page.');
export const nextCursorSchema = z.string().optional().describe('Missing on the last page.');

/** A part that could not be read says why in its place. */
export const unreadSchema = z.object({ unread: z.string() });
export type Unread = z.infer<typeof unreadSchema>;

/** A part of an answer, or why it could not be read: never an empty success. */
export function partOf<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, unreadSchema]);
}

/** Who walks through a dead-letter queue, or walked last. */
export const walkerSchema = z.object({ by: operatorNameSchema, since: timestampSchema });
export type Walker = z.infer<typeof walkerSchema>;

/** Messages of a queue as SQS counts them: approximately, and on AWS up to a minute late. */
export const messageCountsSchema = z.object({
  waiting: z.int().nonnegative(),
  inFlight: z.int().nonnegative(),
});

/** What is searched for; it may be an email, so it travels in a body. */
export const searchTextSchema = z
  .string()
  .trim()
  .min(1)
  .max(320)
  .refine(isCarried, { error: 'has characters that cannot be processed' });

/** The line that does the same in a terminal, and the page that says when. */
export const handrailShape = {
  command: z.string().optional().describe('The same on the command line, to be pasted.'),
  runbook: z.string().optional().describe('The page in docs/runbooks, without its ending.'),
};
