import * as z from 'zod';
import { amount } from '../lenient/amount.ts';
import { optionalTimestamp } from '../lenient/moment.ts';
import { optionalText, text } from '../lenient/text.ts';

/** Rail and instrument share no field's meaning, so one shape reads both. */
const referencesSchema = z
  .object({
    type: optionalText,
    utr: optionalText,
    upiTransactionId: optionalText,
    vpa: optionalText,
    authorizationCode: optionalText,
    bankId: optionalText,
    bankTransactionId: optionalText,
    brn: optionalText,
    arn: optionalText,
    cardNetwork: optionalText,
  })
  .optional()
  .catch(undefined);

const partSchema = z.object({ rail: referencesSchema, instrument: referencesSchema });

const errorCodesShape = { errorCode: optionalText, detailedErrorCode: optionalText };

const attemptSchema = partSchema.extend({
  ...errorCodesShape,
  state: optionalText,
  transactionId: optionalText,
  paymentMode: optionalText,
  timestamp: optionalTimestamp,
  splitInstruments: listOf(partSchema),
});

/**
 * An order's status as PhonePe spells it. State and amount are needed; everything else may be missing, null, empty or
 * of another type, and is absent then.
 */
export const orderBodySchema = z.object({
  ...errorCodesShape,
  state: text,
  amount,
  currency: optionalText,
  orderId: optionalText,
  merchantId: optionalText,
  merchantOrderId: optionalText,
  errorContext: z.object(errorCodesShape).optional().catch(undefined),
  paymentDetails: listOf(attemptSchema),
});

export type OrderBody = z.infer<typeof orderBodySchema>;
export type AttemptBody = z.infer<typeof attemptSchema>;
export type PartBody = z.infer<typeof partSchema>;
export type References = NonNullable<z.infer<typeof referencesSchema>>;

/** Entries that cannot be read are left out, the others kept. */
function listOf<S extends z.ZodType>(schema: S) {
  return z
    .unknown()
    .optional()
    .transform((list) =>
      (Array.isArray(list) ? list : []).flatMap((entry) => {
        const parsed = schema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
