import * as z from 'zod';
import { amountInPaisaSchema, currencySchema } from './money.ts';
import { eventTextSchema } from './text.ts';

const text = eventTextSchema.min(1);

/** What a buyer's tier may do. `rank` orders tiers; a payment never moves a buyer down. `dailyQuota: null` is unlimited. */
export const tierSchema = z.object({
  tier: z.string().min(1),
  rank: z.int().nonnegative(),
  dailyQuota: z.int().positive().nullable(),
});
export type Tier = z.infer<typeof tierSchema>;

/** ONE_TIME is bought for ever; the others are passes. */
export const planPeriodSchema = z.enum(['ONE_TIME', 'MONTHLY', 'YEARLY']);

/** What is sold. Orders and events carry this snapshot, so that a later price change never rewrites an old order. */
export const planSchema = z
  .object({
    planId: text,
    name: text.optional().describe('What buyers call it. Absent in orders of before it had one.'),
    planVersion: z.int().positive(),
    tier: text,
    solutionIds: z.array(text).min(1),
    amountInPaisa: amountInPaisaSchema,
    currency: currencySchema,
    taxInclusive: z.boolean(),
    period: planPeriodSchema,
  })
  .describe('What was bought, as it stood when the order was made.');
export type Plan = z.infer<typeof planSchema>;
