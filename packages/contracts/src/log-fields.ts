import * as z from 'zod';

/**
 * The one summary line per unit of work: its message is `summary` and these are its fields, in every service.
 * Ids only: no email, VPA, UTR, token, header or body.
 */
export const summaryFieldsSchema = z.object({
  /** The unit of work: `webhook`, `upgrade`, `tiers`, `entitlements`, ... */
  unit: z.string(),
  /** What came of it: `published`, `duplicate`, `applied`, `skipped: revoked`, `retry`, `dead-lettered`, ... */
  outcome: z.string(),
  durationMs: z.number(),
  requestId: z.string().optional(),
  statusCode: z.int().optional(),
  transactionId: z.string().optional(),
  merchantOrderId: z.string().optional(),
  userId: z.string().optional(),
  eventId: z.string().optional(),
  detailType: z.string().optional(),
  messageId: z.string().optional(),
  attempt: z.int().optional(),
  ageMs: z.number().optional(),
  retryInSeconds: z.number().optional(),
  reason: z.string().optional(),
  gatewayEvent: z.string().optional(),
  gatewayState: z.string().optional(),
  replayedBy: z.string().optional(),
  replayedAt: z.string().optional(),
  replayCount: z.string().optional(),
});
export type SummaryFields = z.infer<typeof summaryFieldsSchema>;
