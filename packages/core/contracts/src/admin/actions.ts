import * as z from 'zod';
import { timestampSchema } from '../time.ts';
import { cursorSchema, nextCursorSchema, operatorNameSchema } from './common.ts';

const text = z.string();

/** Where the operator acted. */
export const actorKindSchema = z.enum(['console', 'cli', 'machine']);

/** An entry of the action log, as it is shown; addresses in words are masked. */
export const actionSchema = z.object({
  actionId: text,
  at: timestampSchema,
  actor: actorKindSchema,
  by: operatorNameSchema,
  what: text.describe('`dlq replay`, `payment repair`, `payment reveal`, ...'),
  why: text.optional(),
  outcome: z
    .enum(['BEGUN', 'DONE', 'REFUSED', 'FAILED'])
    .describe('BEGUN: it was about to be done, or is under way as a job.'),
  transactionId: text.optional(),
  queue: text.optional(),
  jobId: text.optional(),
  target: z.record(text, z.union([text, z.number(), z.boolean()])),
  counts: z.record(text, z.int()),
});
export type Action = z.infer<typeof actionSchema>;

/** The query of `GET /payments/admin/actions`. */
export const actionsQuerySchema = z.object({
  transactionId: text.max(100).optional().describe('Only those about this order.'),
  cursor: cursorSchema.optional(),
});

/** The latest first. */
export const actionsResponseSchema = z.object({
  success: z.literal(true),
  actions: z.array(actionSchema),
  nextCursor: nextCursorSchema,
});
export type ActionsResponse = z.infer<typeof actionsResponseSchema>;
