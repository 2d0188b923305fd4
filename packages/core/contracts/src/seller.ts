import * as z from 'zod';
import { readGstin } from './india/gstin.ts';
import { sellerSchema } from './items/invoice.ts';

const sac = z.string().regex(/^99\d{2}(\d{2})?$/, {
  error: 'must be a services accounting code: 4 or 6 digits that begin with 99',
});

/**
 * Who sells on a stage, as its invoices say it. Without a GSTIN the seller is not registered: buyers get receipts, and no tax is
 * charged.
 */
export const sellerConfigSchema = z
  .strictObject({
    ...sellerSchema.shape,
    /** What the tax office calls that which is sold: one code for all plans, and others for some, by plan id. */
    sac: z.strictObject({ standard: sac, plans: z.record(z.string(), sac).default({}) }).optional(),
    /** Before every series, so that no document of a stage for trying looks like one of the real shop. */
    seriesPrefix: z
      .string()
      .regex(/^[A-Z0-9]{0,3}$/, { error: 'must be at most 3 capital letters and digits' })
      .default(''),
  })
  .superRefine(({ gstin, stateCode, sac: code }, context) => {
    if (gstin === undefined) return;
    const read = readGstin(gstin);
    const problems =
      read.kind === 'invalid'
        ? [{ path: ['gstin'], message: read.fault }]
        : [
            ...(read.stateCode === stateCode
              ? []
              : [
                  {
                    path: ['stateCode'],
                    message: `must be ${read.stateCode}, the State of the GSTIN`,
                  },
                ]),
            ...(code ? [] : [{ path: ['sac'], message: 'is missing beside a GSTIN' }]),
          ];
    for (const problem of problems) context.addIssue({ code: 'custom', ...problem });
  });
export type SellerConfig = z.infer<typeof sellerConfigSchema>;
