import * as z from 'zod';

/** The marketplace's user id. 42 characters at most, so that `MP-{userId}-{10 digits}-{6}` stays within PhonePe's 63. */
export const userIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,42}$/, {
  error: 'must be 1 to 42 letters, digits, "_" or "-"',
});

/** Our id of an order at the gateway. Never parsed back into its parts. */
export const merchantOrderIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,63}$/, {
  error: 'must be 1 to 63 letters, digits, "_" or "-"',
});

/** Key of a transaction row: `txn_` and the merchant order id. */
export const transactionIdSchema = z.string().regex(/^txn_[A-Za-z0-9_-]{1,63}$/, {
  error: 'must be "txn_" and a merchant order id',
});
