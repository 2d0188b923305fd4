import * as z from 'zod';

/** What a terminal would obey or hide instead of showing it: control and format characters, line separators, halves of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Foreign text on one line: a terminal must not be steered by it. */
export const safeLine = z.string().transform((text) => text.replace(UNPRINTABLE, ' '));
