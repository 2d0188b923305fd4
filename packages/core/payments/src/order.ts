import {
  type TransactionItem,
  transactionItemSchema,
} from '@cloudnestle/contracts/items/transaction';
import type { Plan } from '@cloudnestle/contracts/plan';
import { type Catalogue, findPlanForTier } from './catalogue.ts';

/** How long a new order can be paid (PhonePe allows 300 to 3600). */
export const ORDER_LIFETIME_SECONDS = 1800;

/** An order as the domain sees it: the stored row with what older rows lack filled in. */
export interface Order {
  row: TransactionItem;
  plan: Plan;
  amountInPaisa: number;
  createdAt: Date;
  expiresAt: Date;
}

export type ReadOrder = { kind: 'order'; order: Order } | { kind: 'unreadable'; reason: string };

/**
 * Reads a stored row. A row without a plan takes the catalogue's plan for its tier, with the row's own amount
 * (design, rule 12); rows of the replaced system spell times without milliseconds.
 */
export function readOrder(item: Record<string, unknown>, catalogue: Catalogue): ReadOrder {
  const strict = transactionItemSchema.safeParse(item);
  const parsed = strict.success ? strict : transactionItemSchema.safeParse(withoutOddities(item));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return {
      kind: 'unreadable',
      reason: `the transaction row does not fit its contract: ${fields}`,
    };
  }
  const row = parsed.data;
  const cataloguePlan = findPlanForTier(catalogue, row.tier);
  const plan = row.plan ?? (cataloguePlan && { ...cataloguePlan, amountInPaisa: row.amount });
  if (!plan) return { kind: 'unreadable', reason: `no plan is known for tier "${row.tier}"` };
  const createdAt = new Date(row.createdAt);
  if (Number.isNaN(createdAt.getTime())) {
    return { kind: 'unreadable', reason: 'createdAt of the transaction row is no time' };
  }
  const storedExpiry = new Date(row.expiresAt ?? Number.NaN);
  const expiresAt = Number.isNaN(storedExpiry.getTime())
    ? new Date(createdAt.getTime() + ORDER_LIFETIME_SECONDS * 1000)
    : storedExpiry;
  return { kind: 'order', order: { row, plan, amountInPaisa: row.amount, createdAt, expiresAt } };
}

/** Without these no order can be judged; a mark that is spelled oddly must never count as absent. */
const essential = new Set([
  'transactionId',
  'merchantOrderId',
  'userId',
  'userEmail',
  'tier',
  'amount',
  'status',
  'createdAt',
  'accessRevokedAt',
  'supersededBy',
  'duplicateOf',
]);

/** What is not essential and cannot be read counts as not said: one odd reference must not keep a buyer from Pro. */
function withoutOddities(item: Record<string, unknown>): Record<string, unknown> {
  const schemas: Record<string, { safeParse(value: unknown): { success: boolean } }> =
    transactionItemSchema.shape;
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name, value]) => essential.has(name) || (schemas[name]?.safeParse(value).success ?? true),
    ),
  );
}
