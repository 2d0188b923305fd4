import * as z from 'zod';

/** A moment as events and tables keep it: one spelling only, so that text order is time order. */
export const timestampSchema = z.iso
  .datetime({ precision: 3 })
  .describe('UTC, ISO 8601 with exactly three digits of milliseconds.');

/** A calendar day, `2025-11-23`. */
export const daySchema = z.iso.date();
