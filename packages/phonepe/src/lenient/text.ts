import * as z from 'zod';

/** Text that says something. */
export const text = z.string().regex(/\S/);

/** A word of PhonePe's, such as a state: letters, digits and little else, so that it can be logged and kept. */
export const word = z.string().regex(/^[\w. -]{1,64}$/);

/** Longer references than this are none of PhonePe's: they would not fit where references are kept. */
const LONGEST_REFERENCE = 256;

/**
 * A reference, a code, an id. A whole number is spelled out where it is exact; `parseJson` has spelled out the larger
 * ones already.
 */
export const reference = z.union([text.max(LONGEST_REFERENCE), z.int().transform(String)]);

/** As `reference`; empty strings, nulls and other types count as absent. */
export const optionalText = reference.optional().catch(undefined);
