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
 * cannot be read must never count as absent. It is never taken away again.
 */
export function isRevoked(row: Readonly<Record<string, unknown>> | undefined): boolean {
  return row?.accessRevokedAt !== undefined;
}

/** How an order ended. A checkout that its buyer only left or let run out is abandoned: no payment failed. */
type Ending = 'paid' | 'failed' | 'abandoned';

/** Undefined while the order is open. */
export function readEnding(item: Record<string, unknown>): Ending | undefined {
  const { status, failureAttempted, failureReason } = readRow(item);
  if (status === 'COMPLETED') return 'paid';
  if (status !== 'FAILED') return undefined;
  return failureAttempted || failureReason === 'DECLINED' ? 'failed' : 'abandoned';
}

/** A paid order in the line of its buyer's paid orders. */
export interface PaidOrder {
  transactionId: string;
  /** ISO with milliseconds, so that text order is time order. */
  completedAt: string;
}

/** The order that came first, then the others: by completedAt, then by id (rule 1). */
export function sortPaidOrders(orders: readonly PaidOrder[]): PaidOrder[] {
  return orders.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
}

export function isBefore(a: PaidOrder, b: PaidOrder): boolean {
  if (a.completedAt !== b.completedAt) return a.completedAt < b.completedAt;
  return a.transactionId < b.transactionId;
}

type Item = Readonly<Record<string, unknown>>;

/** A map attribute of an item, or undefined where there is none or something else stands in its place. */
export function readMap(item: Item, name: string): Item | undefined {
  const value = item[name];
  return isMap(value) ? value : undefined;
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

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One line of an order's history: the fact, what it was, and when it happened. */
export interface HistoryEntry {
  eventId: string;
  what: string;
  at: string;
}

/** An order's outcomes are few by nature; what a gateway may say of it besides is bounded here. */
const MOST_ENTRIES = 50;

/**
 * What must be written so that the history has this entry: nothing where the fact is there already. Outcomes always
 * find room; `isOptional` ones do not enter a full history.
 */
export function addToHistory(
  row: Record<string, unknown>,
  entry: HistoryEntry,
  options: { isOptional: boolean } = { isOptional: false },
): { maps: Record<string, unknown>; basedOn: string[] } {
  const isFull = Object.keys(readMap(row, 'history') ?? {}).length >= MOST_ENTRIES;
  if (options.isOptional && isFull) return { maps: {}, basedOn: [] };
  const line = { what: entry.what, at: entry.at };
  return addToMap(row, 'history', entry.eventId, line);
}

/** When a fact happened according to the row, or undefined where its history does not have it. */
export function recordedAt(row: Record<string, unknown>, eventId: string): string | undefined {
  const line = readMap(row, 'history')?.[eventId];
  return isMap(line) && typeof line.at === 'string' ? line.at : undefined;
}

/** What every write of this subscriber into an order's row brings with it. */
export function syncStamps(now: Date) {
  return { last_sync: now.toISOString(), updatedAt: now.toISOString() };
}
