import * as z from 'zod';

/** What shows nothing: in its place, a blank would cut an address in two, and half of it be taken for a word. */
const INVISIBLE = /\p{Cf}+/gu;
/** What a terminal would obey: control characters, line separators, halves of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Foreign text on one line: a terminal must not be steered by it. */
export const safeLine = z
  .string()
  .transform((text) => text.replace(INVISIBLE, '').replace(UNPRINTABLE, ' '));
