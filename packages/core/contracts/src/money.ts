import * as z from 'zod';

/** Money is integer paisa in every table and event. */
export const amountInPaisaSchema = z
  .int()
  .nonnegative()
  .describe('Whole paisa; 1 rupee is 100 paisa.');

export const currencySchema = z.literal('INR');
