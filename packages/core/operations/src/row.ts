import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import { paymentStatusSchema } from '@cloudnestle/contracts/items/transaction';
import { amountInPaisaSchema } from '@cloudnestle/contracts/money';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { PermanentError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';

/** Rows of the replaced system: what is spelled in another way counts as not said. */
const text = z.string().min(1).optional().catch(undefined);
const timestamp = timestampSchema.optional().catch(undefined);

const rowSchema = z.object({
  transactionId: z.string().min(1),
  status: paymentStatusSchema,
  userId: text,
  tier: text,
  plan: z.object({ tier: text }).optional().catch(undefined),
  /** Paisa. */
  amount: amountInPaisaSchema.min(1).optional().catch(undefined),
  createdAt: text,
  expiresAt: text,
  phonepeOrderId: text,
  fittingAnswerAt: timestamp,
  completedAttempts: z.int().min(2).optional().catch(undefined),
  duplicateOf: text,
  duplicateOfCompletedAt: timestamp,
  completedAt: timestamp,
  recordedAt: timestamp,
  failedAt: timestamp,
  failureReason: failureReasonSchema.optional().catch(undefined),
  failureAttempted: z.boolean().optional().catch(undefined),
  webhookEvent: text,
  phonepe_status: text,
  phonepe_transaction_id: text,
  payment_mode: text,
  utr: text,
  upi_transaction_id: text,
  vpa: text,
  openShard: text,
  nextCheckAt: text,
  dayShard: text,
});
export type Row = z.infer<typeof rowSchema>;

/** One buyer and what they bought: the key of what they have paid. */
export interface Buyer {
  userId: string;
  tier: string;
}

/** An order's row as the merges need it. Throws `PermanentError` where even its id or status cannot be read. */
export function readRow(item: Record<string, unknown>): Row {
  const parsed = rowSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PermanentError(`the transaction row cannot be read: ${fields}`);
}

/** Whose order it is and for which tier, or undefined where the row does not say: no payment was ever noted for it then. */
export function readBuyer(item: Record<string, unknown>): Buyer | undefined {
  const { userId, tier, plan } = readRow(item);
  const soldTier = plan?.tier ?? tier;
  return userId === undefined || soldTier === undefined ? undefined : { userId, tier: soldTier };
}

/**
 * Whether access of this order was taken back: it counts as no payment then (rule 2). In any spelling: a mark that
 * cannot be read must never count as absent. Only an operator takes it away again, and the payment is published then.
 */
export function isRevoked(row: Readonly<Record<string, unknown>> | undefined): boolean {
  return row?.accessRevokedAt !== undefined;
}

type Item = Readonly<Record<string, unknown>>;

/** A map attribute of an item, or undefined where there is none or something else stands in its place. */
export function readMap(item: Item, name: string): Item | undefined {
  const value = item[name];
  return isMap(value) ? value : undefined;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What must be written so that a map attribute has this entry; an entry that is there stays as it is. A missing map is
 * made whole: DynamoDB refuses to set a map and a path into it in one expression.
 */
export function addToMap(
  item: Item,
  name: string,
  key: string,
  value: unknown,
): { maps: Record<string, unknown>; basedOn: string[] } {
  const map = readMap(item, name);
  if (!map) return { maps: { [name]: { [key]: value } }, basedOn: [name] };
  if (Object.hasOwn(map, key)) return { maps: {}, basedOn: [] };
  // The path itself stands in the condition, as absent: a concurrent write of the same entry is not overwritten.
  return { maps: { [`${name}.${key}`]: value }, basedOn: [name, `${name}.${key}`] };
}

/** A stored time in any spelling, or undefined where it is none. */
export function readMoment(text: string | undefined): Date | undefined {
  const moment = new Date(text ?? Number.NaN);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The later of two times that are spelled alike, where there are any. */
export function laterOf(recorded: string | undefined, told: string | undefined) {
  return recorded === undefined || (told !== undefined && told > recorded) ? told : recorded;
}
