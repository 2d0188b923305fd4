import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token by which the buyer of an order gets its documents: HMAC-SHA256 with the marketplace's token secret over
 * `invoice:{transactionId}`, in base64url. A shop's server makes it for the buyer who is signed in.
 */
export function makeInvoiceToken(transactionId: string, tokenSecret: string): string {
  return createHmac('sha256', tokenSecret).update(`invoice:${transactionId}`).digest('base64url');
}

/** Whether a token is the order's, in constant time. */
export function isInvoiceToken(token: string, transactionId: string, tokenSecret: string): boolean {
  const wanted = Buffer.from(makeInvoiceToken(transactionId, tokenSecret));
  const given = Buffer.from(token);
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}
