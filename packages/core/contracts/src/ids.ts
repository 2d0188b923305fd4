import * as z from 'zod';

/** 42 characters at most, so that `MP-{userId}-{10 digits}-{6}` stays within PhonePe's 63. */
export const userIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,42}$/, { error: 'must be 1 to 42 letters, digits, "_" or "-"' })
  .describe("The marketplace's user id.");

export const merchantOrderIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,63}$/, { error: 'must be 1 to 63 letters, digits, "_" or "-"' })
  .describe('Our id of an order at the gateway. Never parsed back into its parts.');

export const transactionIdSchema = z
  .string()
  .regex(/^txn_[A-Za-z0-9_-]{1,63}$/, { error: 'must be "txn_" and a merchant order id' })
  .describe('Our id of an order: `txn_` and the merchant order id.');
