import type { AccessEndedData } from '@cloudnestle/contracts/events/access-ended';
import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { FailureReason } from '@cloudnestle/contracts/events/payment-failed';
import {
  type PaymentStatus,
  type TransactionItem,
  transactionItemSchema,
} from '@cloudnestle/contracts/items/transaction';
import { type Plan, planSchema } from '@cloudnestle/contracts/plan';
import { readResolution } from './attention/attention.ts';
import { type Catalogue, findOneTimePlan } from './catalogue.ts';

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

export type ReadOrder =
  | { kind: 'order'; order: Order }
  /** `isGivenUp`: an operator has found out what became of it, so it need not keep its buyer. */
  | { kind: 'unreadable'; reason: string; isGivenUp?: true };

/**
 * Reads a stored row. A row without a plan takes the catalogue's plan for its tier, with the row's own amount
 * (rule 12); rows of the replaced system spell times without milliseconds.
 */
export function readOrder(item: Record<string, unknown>, catalogue: Catalogue): ReadOrder {
  const strict = transactionItemSchema.safeParse(item);
  const parsed = strict.success ? strict : transactionItemSchema.safeParse(withoutOddities(item));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return unreadable(item, `the transaction row does not fit its contract: ${fields}`);
  }
  const row = parsed.data;
  const cataloguePlan = findOneTimePlan(catalogue, row.tier);
  const plan = row.plan ?? (cataloguePlan && { ...cataloguePlan, amountInPaisa: row.amount });
  if (!plan) return unreadable(item, `no plan is known for tier "${row.tier}"`);
  const createdAt = new Date(row.createdAt);
  if (Number.isNaN(createdAt.getTime())) {
    return unreadable(item, 'createdAt of the transaction row is no time');
  }
  const storedExpiry = new Date(row.expiresAt ?? Number.NaN);
  const expiresAt = Number.isNaN(storedExpiry.getTime())
    ? new Date(createdAt.getTime() + ORDER_LIFETIME_SECONDS * 1000)
    : storedExpiry;
  return { kind: 'order', order: { row, plan, amountInPaisa: row.amount, createdAt, expiresAt } };
}

function unreadable(item: Record<string, unknown>, reason: string): ReadOrder {
  const isGivenUp = readResolution(item, 'NO_OUTCOME') !== undefined;
  return { kind: 'unreadable', reason, ...(isGivenUp ? { isGivenUp } : {}) };
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

/**
 * Where an order stands after one more outcome: PENDING -> COMPLETED or FAILED, FAILED -> COMPLETED (money wins);
 * COMPLETED never becomes FAILED (rule 1). The same for any order of deliveries.
 */
export function nextStatus(current: PaymentStatus, outcome: 'COMPLETED' | 'FAILED'): PaymentStatus {
  return current === 'COMPLETED' ? 'COMPLETED' : outcome;
}

/** What says more about a failure comes first: a refused attempt over a cancelled page over a clock that ran out. */
const byStrength: readonly FailureReason[] = [
  'DECLINED',
  'CANCELLED',
  'EXPIRED',
  'UNKNOWN_AT_GATEWAY',
];

/** Whether `reason` should replace the recorded one, so that every order of deliveries ends with the same reason. */
export function isStrongerFailure(
  reason: FailureReason,
  recorded: FailureReason | undefined,
): boolean {
  return recorded === undefined || byStrength.indexOf(reason) < byStrength.indexOf(recorded);
}

/** Failures that money can still follow: the order's time ran out, and no bank refused. */
export function mayStillBePaid(reason: FailureReason): boolean {
  return reason === 'EXPIRED' || reason === 'UNKNOWN_AT_GATEWAY';
}

/**
 * What an event claims that its order's row does not say, in words; undefined where both agree. Events are built from
 * the row: one that names another user, or more than was ordered, did not come from here.
 */
export function findForeignClaim(
  row: Record<string, unknown>,
  { userId, plan }: Pick<PaymentCompletedData | AccessEndedData, 'userId' | 'plan'>,
): string | undefined {
  if (row.userId !== userId) return "the event names another user than the order's row";
  // Rows of the replaced system have a tier only.
  const ordered = planSchema.safeParse(row.plan).data;
  const tier = ordered?.tier ?? row.tier;
  if (tier !== undefined && tier !== plan.tier) {
    return "the event names another tier than the order's row";
  }
  // Two plans of one tier may hold for different times.
  if (ordered && ordered.planId !== plan.planId) {
    return "the event names another plan than the order's row";
  }
  const isMore = ordered && plan.solutionIds.some((id) => !ordered.solutionIds.includes(id));
  return isMore ? "the event names other solutions than the order's row" : undefined;
}
