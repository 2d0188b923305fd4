import * as z from 'zod';
import { daySchema, timestampSchema } from '../time.ts';

const count = z.int().nonnegative();
const part = z.object({ payments: count, grossInPaisa: z.int() });

/** What was paid on one day, of the orders that began on another, or on the same. */
export const paidOnDaySchema = z.object({
  /** Completed attempts. */
  payments: count,
  grossInPaisa: z.int(),
  /** Paid twice, and not given back yet. */
  owedInPaisa: z.int(),
  byPlan: z.record(z.string(), part),
  byMode: z.record(z.string(), part),
  /** Payments by how long they took to arrive in our books: one number for each bucket of `waits`. */
  waits: z.array(count),
});
export type PaidOnDay = z.infer<typeof paidOnDaySchema>;

/**
 * What one day in India brought, recounted from the orders and refunds and never counted up. pk `revenue`, sk the day. Never
 * removed.
 */
export const revenueItemSchema = z.object({
  pk: z.literal('revenue'),
  sk: daySchema,
  /** When the count began: it holds at least what was there then. */
  countedAt: timestampSchema,
  /** Of the orders that began on the day. */
  orders: z.object({
    clicks: count,
    pages: count,
    paid: count,
    open: count,
    failed: count,
    failedByReason: z.record(z.string(), count),
    /** Rows that cannot be read: clicks, and nothing else. */
    unreadable: count,
  }),
  /** The payments of these orders by the day on which they were made. */
  paidOn: z.record(daySchema, paidOnDaySchema),
  /** What went back on the day, of orders of whatever day. */
  refunds: z.object({ refunds: count, amountInPaisa: z.int() }),
});
export type RevenueItem = z.infer<typeof revenueItemSchema>;
