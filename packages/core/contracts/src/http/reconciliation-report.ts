import * as z from 'zod';
import { paymentStatusSchema } from '../items/transaction.ts';
import { amountInPaisaSchema } from '../money.ts';
import { discrepancySchema } from './reconciliation.ts';

/** As the live page sends it. */
const dayOrMomentSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a day such as 2025-11-23, or a moment with its zone',
});

/** `POST /payments/reconciliation` as the live page calls it. */
export const reportRequestSchema = z.object({
  action: z.literal('generate_report'),
  startDate: dayOrMomentSchema.describe(
    'A day in India, `2025-11-23`, or a moment with its zone. It belongs to the range.',
  ),
  endDate: dayOrMomentSchema.describe(
    'As startDate. It belongs to the range with its whole precision: a day to its last millisecond, ' +
      '`2025-11-23T18:29:59Z` to 18:29:59.999.',
  ),
  filters: z
    .object({
      solution: z.string().min(1),
      tier: z.string().min(1),
      country: z.string().min(1),
      status: paymentStatusSchema,
      payment_mode: z.string().min(1),
    })
    .partial()
    .default({}),
  limit: z.int().min(1).max(100).default(50).describe('Transactions on a page.'),
  cursor: z
    .string()
    .max(500)
    .optional()
    .describe(
      '`report.next_cursor` of the page before; left out: the first page, with the summary.',
    ),
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

const countsSchema = z.record(z.string(), z.int().nonnegative());
/** Paisa by whatever it is counted by. */
const amountsSchema = z.record(z.string(), amountInPaisaSchema);

/** Counts and amounts of all orders that fit; amounts are paisa. */
export const reportSummarySchema = z.object({
  total_transactions: z.int().nonnegative(),
  unreadable: z
    .int()
    .nonnegative()
    .describe('Rows that do not fit their contract; in no other count.'),
  by_status: z.object({
    pending: z.int(),
    completed: z.int(),
    failed: z.int(),
    refunded: z.int().describe('Of the completed ones, those with a confirmed refund.'),
  }),
  by_solution: countsSchema,
  by_tier: countsSchema,
  by_payment_mode: countsSchema,
  by_country: countsSchema,
  amounts: z.object({
    total_amount: amountInPaisaSchema,
    completed_amount: amountInPaisaSchema,
    failed_amount: amountInPaisaSchema,
    refunded_amount: amountInPaisaSchema,
    pending_amount: amountInPaisaSchema,
    by_tier: amountsSchema,
    by_payment_mode: amountsSchema,
  }),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;

/** What is to come to the bank; dates are expectations. */
export const settlementSummarySchema = z.object({
  total_settlements: z.int(),
  settlement_amount: amountInPaisaSchema,
  pending_settlements: z.int().describe('Expected, and the day is still to come.'),
  pending_amount: amountInPaisaSchema,
  by_date: amountsSchema.describe('Paisa by expected day, `2025-11-25`.'),
});
export type SettlementSummary = z.infer<typeof settlementSummarySchema>;

/** Money of the range's days; amounts are paisa. */
export const refundsSummarySchema = z.object({
  gross_amount: amountInPaisaSchema.describe(
    'What the orders of the range brought: the completed ones, as often as they were paid.',
  ),
  refunded_amount: amountInPaisaSchema.describe(
    'What went back on the days of the range, of orders of any day.',
  ),
  net_amount: z.int().describe('gross_amount less refunded_amount, paisa; it may be below zero.'),
  by_date: z
    .array(
      z.object({
        date: z.iso.date(),
        refunds: z.int().positive(),
        amount: amountInPaisaSchema,
      }),
    )
    .describe('By the day in India on which it was paid back, the earliest first.'),
});
export type RefundsSummary = z.infer<typeof refundsSummarySchema>;

const text = z.string();

export const reportTransactionSchema = z.object({
  transaction_id: text,
  merchant_order_id: text,
  amount: amountInPaisaSchema,
  currency: text,
  created_at: text,
  user_id: text,
  user_email: text,
  // The live page shows the email below it.
  user_name: text.describe('Always empty: names are not kept with payments.'),
  user_tier: text,
  solution_id: text,
  solution_name: text,
  country: text,
  marketplace_status: paymentStatusSchema,
  phonepe_status: text.describe(
    "The gateway's word: as asked for this page, else as recorded last; UNKNOWN where it never said one.",
  ),
  verified: z.boolean().describe('True: the gateway was asked just now.'),
  payment_mode: text,
  phonepe_transaction_id: text.optional(),
  phonepe_timestamp: text.optional(),
  utr: text.optional(),
  upi_transaction_id: text.optional(),
  vpa: text.optional(),
  error_code: text.optional(),
  settlement_status: text,
  settlement_date: text.optional(),
});
export type ReportTransaction = z.infer<typeof reportTransactionSchema>;

export const reportDiscrepancySchema = z.object({
  transaction_id: text,
  user_email: text,
  solution: text,
  tier: text,
  marketplace_status: paymentStatusSchema,
  phonepe_status: text,
  amount: amountInPaisaSchema,
  created_at: text,
  reason: discrepancySchema,
});
export type ReportDiscrepancy = z.infer<typeof reportDiscrepancySchema>;

/** The report that the live page shows, one page of it. */
export const reportResponseSchema = z.object({
  success: z.literal(true),
  timestamp: text,
  report: z.object({
    summary: reportSummarySchema
      .nullable()
      .describe(
        'Of the whole range; null on later pages, which only carry on with the transactions.',
      ),
    settlement_summary: settlementSummarySchema
      .nullable()
      .describe('What is to come to the bank; dates are expectations. Null on later pages.'),
    refunds_summary: refundsSummarySchema
      .nullable()
      .describe(
        'What was paid back on the days of the range, gross and net. Null on later pages, and where filters choose orders: ' +
          'refunds are of all.',
      ),
    discrepancies: z
      .array(reportDiscrepancySchema)
      .describe(
        "Those of the whole range as recorded, and what asking for this page's transactions brought.",
      ),
    transactions: z.array(reportTransactionSchema),
    next_cursor: text.optional().describe('Missing on the last page.'),
  }),
});
export type ReportResponse = z.infer<typeof reportResponseSchema>;
