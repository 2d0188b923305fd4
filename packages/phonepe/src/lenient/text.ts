import * as z from 'zod';

/** Text that says something. */
export const text = z.string().regex(/\S/);

/** A reference, a code, an id: empty strings, nulls and other types count as absent; numbers are spelled out. */
export const optionalText = z
  .union([text, z.number().transform(String)])
  .optional()
  .catch(undefined);
