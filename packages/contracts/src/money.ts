import * as z from 'zod';

/** Money is integer paisa (1 rupee = 100 paisa) in every table and event. */
export const amountInPaisaSchema = z.int().nonnegative();

export const currencySchema = z.literal('INR');
