import * as z from 'zod';

/**
 * Whole paisa, as a number or as digits (one table of PhonePe's documents types amounts as strings). A decimal point
 * is refused: it could mean rupees.
 */
export const amount = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

export const optionalAmount = amount.optional().catch(undefined);
