import * as z from 'zod';
import { timestampSchema } from '../time.ts';

const text = z.string().min(1);

/**
 * `grants.{transactionId}` of a user's row and of both entitlement records: what one paid order gives, and until when.
 * Which tier all of them give together is never stored here: `foldAccess` in `payments` says it for a moment.
 */
export const grantSchema = z.object({
  tier: text,
  planId: text.optional(),
  /** When the order was paid. Absent: its end came before its payment, so it gives nothing yet. */
  at: timestampSchema.optional(),
  /** A pass: how many civil months it holds. Neither this nor a window: it holds for ever. */
  months: z.int().positive().optional(),
  /** An explicit window, [from, until): taken as it stands, beside all passes. */
  from: timestampSchema.optional(),
  until: timestampSchema.optional(),
  /** It gives nothing from then on: refunded, lost in a dispute, or ended by an operator. */
  endedAt: timestampSchema.optional(),
  /** When an operator last gave it back: an end that is not later than this counts no more. */
  restoredAt: timestampSchema.optional(),
});
export type Grant = z.infer<typeof grantSchema>;

/** What a user's row and an entitlement record keep beside the fields that other systems read. */
export const grantsShape = {
  /** transactionId -> grant. Left unparsed here: an entry that cannot be read must not hide the others (`readGrants`). */
  grants: z.record(z.string(), z.unknown()).optional(),
  /** Counts the writes of the map: emulators of DynamoDB compare maps wrongly, so conditions stand on this number. */
  grantsVersion: z.int().nonnegative().optional(),
  /** The tier that the item named before its first grant; what it falls back to. */
  baseTier: z.string().optional(),
};
