import * as z from 'zod';
import { refundRefusalKindSchema } from '../items/refund.ts';

/** Every error code the API answers. Codes are stable; words may change (error-codes.ts has them). */
export const errorCodeSchema = z.enum([
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'USER_NOT_FOUND',
  'ORDER_NOT_FOUND',
  'REFUND_NOT_FOUND',
  'DOCUMENT_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'NOT_ON_SALE',
  'ALREADY_PRO',
  'ALREADY_PAID',
  'PAYMENT_IN_PROGRESS',
  'REFUND_REFUSED',
  'QUEUE_BUSY',
  'CHANGED_MEANWHILE',
  'REFUSED',
  'IDEMPOTENCY_KEY_REUSED',
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

/** Every answer carries it. */
export const requestIdSchema = z.string().describe('What support finds this call by.');

/** The one shape of an error answer: words a buyer can read, nothing internal. */
export const errorBodySchema = z.object({
  success: z.literal(false),
  message: z.string().describe('Words a buyer can read.'),
  error: z.object({
    code: errorCodeSchema,
    message: z.string().describe('The same words.'),
    fields: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('Of a 400: the fields at fault.'),
  }),
  requestId: requestIdSchema,
  currentTier: z
    .string()
    .optional()
    .describe('Of a 409 of the upgrade call: what the buyer holds.'),
  transactionId: z
    .string()
    .optional()
    .describe(
      'Of a 409: the order that it is about, of the upgrade call the one that stands in the way.',
    ),
  planId: z
    .string()
    .optional()
    .describe('Of a 409 PAYMENT_IN_PROGRESS: the plan whose payment page is open.'),
  redirectUrl: z.string().optional().describe('Of the same: that page.'),
  refundId: z
    .string()
    .optional()
    .describe('Of a 409 of the refund call: the refund that this key stands for.'),
  refusal: refundRefusalKindSchema.optional().describe('Of a 409 REFUND_REFUSED: why.'),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
