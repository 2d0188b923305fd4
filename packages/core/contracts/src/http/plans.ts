import * as z from 'zod';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { planPeriodSchema } from '../plan.ts';

const searchesPerDay = z
  .int()
  .positive()
  .nullable()
  .describe('Searches a day in each of the solutions; null: no limit.');

/** One plan that a buyer may choose. */
export const offeredPlanSchema = z.object({
  planId: z.string().describe('What the upgrade call takes.'),
  planVersion: z.int().positive(),
  name: z.string().describe('What buyers call it.'),
  tier: z.string(),
  period: planPeriodSchema,
  months: z
    .int()
    .positive()
    .nullable()
    .describe('How many civil months it holds from the payment; null: for ever.'),
  amountInPaisa: amountInPaisaSchema,
  amount: z.number().describe('Rupees, for people.'),
  currency: currencySchema,
  taxInclusive: z.boolean(),
  taxNote: z.string().describe('Words for beside the price.'),
  searchesPerDay,
  solutionIds: z.array(z.string()),
});
export type OfferedPlan = z.infer<typeof offeredPlanSchema>;

/** `GET /payments/plans`: what is on sale on this stage, so that no page has a price of its own. */
export const plansResponseSchema = z.object({
  success: z.literal(true),
  plans: z.array(offeredPlanSchema).describe('The lowest tier first, the cheaper plan first.'),
  withoutPlan: z
    .object({ tier: z.string(), searchesPerDay })
    .describe('What every account has that has bought nothing.'),
});
export type PlansResponse = z.infer<typeof plansResponseSchema>;
