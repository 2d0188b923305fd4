import * as z from 'zod';
import { timestampSchema } from '../time.ts';

/** Why an order needs an operator (rule 14). A later version may know more: readers skip what they do not know. */
export const attentionReasons = [
  /** The gateway's final answer does not fit the order's row: nothing may be granted on it. */
  'MISMATCH',
  /** No machine can find out how the order ended. */
  'NO_OUTCOME',
  /** Paid, published again, and the buyer still does not hold what was paid for. */
  'EFFECTS_MISSING',
  /** The outcome was published again and again and never reached the order's row. */
  'NOT_REACHED',
  /** The buyer's money was taken more than once; the rest is owed back. */
  'CHARGED_TWICE',
  /** The buyer disputes the payment with their bank. */
  'DISPUTE',
  /** A confirmed refund of less than what was paid: access was left as it is. */
  'PARTIAL_REFUND',
  /** A refund failed, or money is said to have gone back and the gateway does not confirm it. */
  'REFUND_FAILED',
  /** The buyer holds a tier that the catalogue does not know; it was left alone. */
  'UNKNOWN_TIER',
] as const;
export const attentionReasonSchema = z.enum(attentionReasons);
export type AttentionReason = z.infer<typeof attentionReasonSchema>;

const text = z.string().min(1);

/** One fact behind a reason. */
export const attentionFactSchema = z.object({ at: timestampSchema, detail: text.optional() });
export type AttentionFact = z.infer<typeof attentionFactSchema>;

/** `attention.{reason}` of an order's row: stands until the facts no longer bear it out, or an operator resolves it. */
export const attentionEntrySchema = z.object({
  /** The earliest of the facts. */
  since: timestampSchema,
  /** For an operator: ids, states and amounts, no personal data. Of the newest fact that says something. */
  detail: text.optional(),
  /** Id of a fact -> the fact; bounded. So that a fact which was dealt with is known again when it is repeated. */
  facts: z.record(z.string(), attentionFactSchema).optional(),
});
export type AttentionEntry = z.infer<typeof attentionEntrySchema>;

/** `attentionResolved.{reason}` of an order's row: the trace that the last operator's word on it leaves. */
export const attentionResolutionSchema = z.object({
  at: timestampSchema,
  by: text,
  why: text,
  /** Ids of the facts that were known then: they do not bring the reason back. */
  facts: z.array(z.string()).optional(),
});
export type AttentionResolution = z.infer<typeof attentionResolutionSchema>;

/**
 * What an order's row says of all this. The keys of both maps are reasons, of this or a later version; their entries are
 * left unparsed here, because one that cannot be read still counts (`readAttention` in `payments`).
 */
export const attentionShape = {
  attention: z.record(z.string(), z.unknown()).optional(),
  attentionResolved: z.record(z.string(), z.unknown()).optional(),
  /** Counts the writes of both maps: emulators of DynamoDB compare maps wrongly, so conditions stand on this number. */
  attentionVersion: z.int().nonnegative().optional(),
  /** Index of orders in attention: `ATTENTION#{shard}`, present only while there is a reason. */
  attentionShard: text.optional(),
  /** The earliest `since` of all reasons. */
  attentionSince: timestampSchema.optional(),
};
