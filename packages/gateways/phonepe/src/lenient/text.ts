import { textSchema, toCarried } from '@cloudnestle/contracts/text';
import * as z from 'zod';

/** Longer references than this are none of PhonePe's: they would not fit where references are kept. */
const LONGEST_REFERENCE = 256;

/** Text that must say something. It goes into events, so it is made to fit into one: no payment fails for its spelling. */
export const text = z
  .string()
  .overwrite((said) => toCarried(said.slice(0, LONGEST_REFERENCE)))
  .regex(/\S/);

/** A word of PhonePe's, such as a state: letters, digits and little else, so that it can be logged and kept. */
export const word = z.string().regex(/^[\w. -]{1,64}$/);

/**
 * A reference, a code, an id, as an event carries it. A whole number is spelled out where it is exact; `parseJson` has
 * spelled out the larger ones already.
 */
export const reference = z.union([
  textSchema.regex(/\S/).max(LONGEST_REFERENCE),
  z.int().transform(String),
]);

/** As `reference`; empty strings, nulls, other types and what no event carries count as absent. */
export const optionalText = reference.optional().catch(undefined);
