import * as z from 'zod';
import { failureReasonSchema } from '../events/payment-failed.ts';
import { daySchema, timestampSchema } from '../time.ts';

const count = z.int().nonnegative();
const paisa = z.int();

/** `GET /payments/admin/analytics?from=2026-11-01&to=2026-11-30`. Days in India, both included, at most 92. */
export const analyticsQuerySchema = z.object({ from: daySchema, to: daySchema });
export type AnalyticsQuery = z.infer<typeof analyticsQuerySchema>;

/** How long buyers waited, counted by buckets, so that days can be added up. */
export const waitsSchema = z.object({
  count: count.describe(
    'Payments whose wait is known: rows of before this was noted are left out.',
  ),
  medianSeconds: count.optional().describe('Half of them waited no longer. Missing without any.'),
  p95Seconds: count.optional().describe('19 of 20 waited no longer.'),
  buckets: z
    .array(z.object({ upToSeconds: count.nullable(), count }))
    .describe('The shortest first; null: longer than all others.'),
});
export type Waits = z.infer<typeof waitsSchema>;

/** Payments under one name: a plan's id, or a payment mode as the gateway spells it. */
export const revenuePartSchema = z.object({
  name: z.string().describe('UNKNOWN where the row does not say.'),
  payments: count,
  grossInPaisa: paisa,
});
export type RevenuePart = z.infer<typeof revenuePartSchema>;

/** The numbers of one day in India, or of several added up. */
export const revenueNumbersSchema = z.object({
  clicks: count.describe('Orders that began on the day: the buyer clicked.'),
  pages: count.describe('Of these, the ones whose payment page was handed to the buyer.'),
  clicksPaid: count.describe('Of these, the ones that are paid by now, on whatever day.'),
  clicksOpen: count.describe('Of these, the ones that have no outcome yet.'),
  clicksFailed: count.describe('Of these, the ones that failed.'),
  failedByReason: z.partialRecord(failureReasonSchema, count).describe('Of `clicksFailed`.'),
  clicksPaidInPaisa: paisa.describe(
    'What the orders that began on the day brought: the gross of `payments reconcile --from --report`.',
  ),
  payments: count.describe('Paid on the day, every completed attempt counted.'),
  grossInPaisa: paisa.describe('What was paid on the day.'),
  refunds: count.describe('Refunds that the gateway completed on the day.'),
  refundsInPaisa: paisa.describe('What went back on the day, of orders of whatever day.'),
  netInPaisa: paisa.describe('`grossInPaisa` less `refundsInPaisa`.'),
  owedInPaisa: paisa.describe(
    'Of what was paid on the day: what buyers paid twice and has not gone back yet. It is in no invoice.',
  ),
  byPlan: z.array(revenuePartSchema).describe('Of `grossInPaisa`, the most first.'),
  byMode: z.array(revenuePartSchema).describe('Of `grossInPaisa`, the most first.'),
  waits: waitsSchema.describe(
    'From the payment at the gateway until our books had it: access is written from the same event, side by side.',
  ),
});
export type RevenueNumbers = z.infer<typeof revenueNumbersSchema>;

/** One day in India. */
export const revenueDaySchema = z.object({
  day: daySchema,
  asOf: timestampSchema
    .optional()
    .describe('When it was counted. Missing: it never was, and all its numbers are 0.'),
  ...revenueNumbersSchema.shape,
});
export type RevenueDay = z.infer<typeof revenueDaySchema>;

/**
 * Recomputed from the orders and the refunds, never counted up. The net of a span that holds whole orders is what the
 * invoices less the credit notes of these orders come to, and `owedInPaisa`.
 */
export const analyticsResponseSchema = z.object({
  success: z.literal(true),
  from: daySchema,
  to: daySchema,
  asOf: timestampSchema.optional().describe('The least recent count of these days.'),
  uncounted: z.array(daySchema).describe('Days that were never counted.'),
  days: z.array(revenueDaySchema).describe('The earliest first, every day of the range.'),
  total: revenueNumbersSchema,
});
export type AnalyticsResponse = z.infer<typeof analyticsResponseSchema>;
