import * as z from 'zod';

/** Text that says something. */
export const text = z.string().regex(/\S/);

/** A word of PhonePe's, such as a state: letters, digits and little else, so that it can be logged and kept. */
export const word = z.string().regex(/^[\w. -]{1,64}$/);

/** Longer references than this are none of PhonePe's: they would not fit where references are kept. */
const LONGEST_REFERENCE = 256;

/** A reference, a code, an id: empty strings, nulls and other types count as absent; numbers are spelled out. */
export const optionalText = z
  .union([text.max(LONGEST_REFERENCE), z.number().transform(String)])
  .optional()
  .catch(undefined);
