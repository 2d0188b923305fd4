import { createHash } from 'node:crypto';

const DIGITS = 24;

/**
 * The id of a refund, here and at the gateway: the same key of the same order is the same refund. 27 of the 63 characters
 * that PhonePe takes.
 */
export function createRefundId(transactionId: string, idempotencyKey: string): string {
  const text = JSON.stringify([transactionId, idempotencyKey]);
  return `MR-${createHash('sha256').update(text).digest('hex').slice(0, DIGITS)}`;
}
