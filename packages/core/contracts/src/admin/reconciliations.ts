import * as z from 'zod';
import { transactionIdSchema } from '../ids.ts';
import { daySchema } from '../time.ts';
import { consentShape } from './common.ts';

const range = {
  from: daySchema.describe('A day in India, by the orders’ creation.'),
  to: daySchema.describe('It belongs to the range; at most 92 days in all.'),
};

/** `POST /payments/admin/reconciliations`: of one order (what is found is published) or of a range, as a job. */
export const reconciliationsRequestSchema = z.union([
  z.object({
    transactionId: transactionIdSchema,
    repair: z.boolean().default(false),
    ...consentShape,
  }),
  z.object({
    ...range,
    repair: z
      .boolean()
      .default(false)
      .describe('False: the gateway is asked, and nothing is changed.'),
    ...consentShape,
  }),
]);
export type ReconciliationsRequest = z.input<typeof reconciliationsRequestSchema>;
