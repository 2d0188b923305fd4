import * as z from 'zod';
import { consentShape, dryRunSchema, handrailShape } from './common.ts';
import { verdictSchema } from './payment.ts';

const text = z.string();

export const revealFieldSchema = z.enum([
  'userEmail',
  'currentEmail',
  'vpa',
  'utr',
  'upiTransactionId',
  'billingName',
  'billingGstin',
  'billingAddress',
]);
export type RevealField = z.infer<typeof revealFieldSchema>;

/** `POST .../payments/{transactionId}/reveal`: an action of its own, written down before anything is answered. */
export const revealRequestSchema = z.object({
  fields: z.array(revealFieldSchema).min(1),
  reason: consentShape.reason,
});
export type RevealRequest = z.infer<typeof revealRequestSchema>;

export const revealResponseSchema = z.object({
  success: z.literal(true),
  values: z
    .partialRecord(revealFieldSchema, z.string().nullable())
    .describe('null: there is none.'),
  actionId: text,
});
export type RevealResponse = z.infer<typeof revealResponseSchema>;

/** `POST .../repair` and `.../resend-mail`: `dryRun`, or `reason`, on production `stage`, and a job. */
export const repairRequestSchema = z.union([
  dryRunSchema,
  z.object({ ...consentShape, dryRun: z.literal(false).optional() }),
]);
export type RepairRequest = z.infer<typeof repairRequestSchema>;

/** `200` of a dry run. */
export const repairPlanResponseSchema = z.object({
  success: z.literal(true),
  plan: z.object({
    isNothing: z.boolean().describe('There is nothing to be done; `steps` say why.'),
    steps: z.array(text).describe('What would be done, in sentences.'),
  }),
  verdict: verdictSchema,
  ...handrailShape,
});
export type RepairPlanResponse = z.infer<typeof repairPlanResponseSchema>;
