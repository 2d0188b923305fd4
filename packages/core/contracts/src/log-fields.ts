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
  /** Only where a webhook names an order by the gateway's id alone, and there is no such order. */
  gatewayOrderId: z.string().optional(),
  userId: z.string().optional(),
  /** Who asked for it, where people may: the subject of their token. */
  actor: z.string().optional(),
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
  /** What a sweep found due, and what became of it; `errors` and what is not named come back later. */
  due: z.int().optional(),
  settled: z.int().optional(),
  failed: z.int().optional(),
  expired: z.int().optional(),
  reminded: z.int().optional(),
  ended: z.int().optional(),
  repaired: z.int().optional(),
  parked: z.int().optional(),
  errors: z.int().optional(),
});
export type SummaryFields = z.infer<typeof summaryFieldsSchema>;
