import * as z from 'zod';

/** Every error code the API answers. Codes are stable; words may change. */
export const errorCodeSchema = z.enum([
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'USER_NOT_FOUND',
  'ORDER_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'ALREADY_PRO',
  'ALREADY_PAID',
  'PAYMENT_IN_PROGRESS',
  'BODY_TOO_LARGE',
  'PAYMENT_MISMATCH',
  'TOO_MANY_REQUESTS',
  'GATEWAY_REFUSED',
  'GATEWAY_UNAVAILABLE',
  'TRY_AGAIN',
  'NOT_CONFIGURED',
  'INTERNAL_ERROR',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The one shape of an error answer: words a buyer can read, nothing internal. */
export const errorBodySchema = z.object({
  success: z.literal(false),
  message: z.string(),
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    /** 400: the fields at fault. */
    fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  }),
  requestId: z.string(),
  /** 409 of the upgrade call: what the buyer holds now. */
  currentTier: z.string().optional(),
  /** 409 of the upgrade call: the order that stands in the way. */
  transactionId: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
