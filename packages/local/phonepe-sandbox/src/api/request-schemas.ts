import * as z from 'zod';

const merchantId63 = z.string().regex(/^[A-Za-z0-9_-]{1,63}$/);
const amount = z.int().min(100);

/** Goes into a Location header as it is, so nothing but visible ASCII. */
const redirectUrl = z.url({ protocol: /^https?$/ }).regex(/^[\x21-\x7e]+$/);

/** Meta fields: udf1 to udf10 are free text, udf11 to udf15 short and plain; other names are refused. */
const metaInfoSchema = z
  .partialRecord(z.enum(udfNames(1, 15)), z.string().max(256))
  .refine((meta) => udfNames(11, 15).every((name) => /^[\w\- @.+]{0,50}$/.test(meta[name] ?? '')));

/** POST /checkout/v2/pay, as PhonePe documents it. Amounts are paisa, `expireAfter` seconds. */
export const payRequestSchema = z.object({
  merchantOrderId: merchantId63,
  amount,
  expireAfter: z.int().min(300).max(3600).default(1200),
  metaInfo: metaInfoSchema.optional(),
  paymentFlow: z.object({
    type: z.literal('PG_CHECKOUT'),
    message: z.string().optional(),
    merchantUrls: z.object({ redirectUrl }),
    paymentModeConfig: z
      .object({
        enabledPaymentModes: z.array(z.unknown()),
        disabledPaymentModes: z.array(z.unknown()),
      })
      .partial()
      .refine((modes) => !(modes.enabledPaymentModes && modes.disabledPaymentModes))
      .optional(),
  }),
});
export type PayRequest = z.infer<typeof payRequestSchema>;

/** POST /payments/v2/refund. */
export const refundRequestSchema = z.object({
  merchantRefundId: merchantId63,
  originalMerchantOrderId: merchantId63,
  amount,
});

function udfNames(from: number, to: number): `udf${number}`[] {
  return Array.from({ length: to - from + 1 }, (_, index): `udf${number}` => `udf${from + index}`);
}
