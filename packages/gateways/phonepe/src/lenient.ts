import { textSchema, toCarried } from '@cloudnestle/contracts/text';
import * as z from 'zod';

/**
 * Parses JSON; `undefined` for anything else (a bare word, HTML, nothing). Of a repeated key the last value counts.
 *
 * A whole number too large for JavaScript to keep exactly is handed over as its digits: some senders spell ids so, of 17
 * to 23 digits, and as a number each would be some other id.
 */
export function parseJsonKeepingDigits(text: string): unknown {
  try {
    const isPlain = text.length <= LONGEST_PLAIN && !MAY_BE_TOO_LARGE.test(text);
    return isPlain ? JSON.parse(text) : JSON.parse(text, keepDigits);
  } catch {
    return undefined;
  }
}

/**
 * To look at each value for itself takes three times as long: only where a number has so many digits as the smallest that is not kept
 * exactly (in a text they cost nothing but time), and where the text is long enough to be nested deeper than anything here may
 * walk through.
 */
const MAY_BE_TOO_LARGE = /(?:^|[\s:,[])-?\d{16}/;
const LONGEST_PLAIN = 4096;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}

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
 * A reference, a code, an id, as an event carries it. A whole number is spelled out where it is exact; `parseJsonKeepingDigits` has
 * spelled out the larger ones already.
 */
export const reference = z.union([
  textSchema.regex(/\S/).max(LONGEST_REFERENCE),
  z.int().transform(String),
]);

/** As `reference`; empty strings, nulls, other types and what no event carries count as absent. */
export const optionalText = reference.optional().catch(undefined);

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

/** A list; entries that cannot be read are left out, the others kept. */
export function listOf<S extends z.ZodType>(schema: S) {
  return z
    .unknown()
    .optional()
    .transform((list) =>
      (Array.isArray(list) ? list : []).flatMap((entry) => {
        const parsed = schema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
/** Below this a number is seconds: as milliseconds it would lie before 1974. */
const SECONDS_BELOW = 100_000_000_000;
const ISO_WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/;
const ISO = /^\d{4}-\d{2}-\d{2}/;

/**
 * A moment in any spelling seen from PhonePe: epoch milliseconds or seconds, as number or digits, or ISO 8601 (UTC
 * where no zone is named). Anything else, and anything outside 2000 to 2100, is `undefined`.
 */
export function readMoment(value: unknown): Date | undefined {
  const ms = toEpochMs(value);
  if (ms === undefined || !(ms >= EARLIEST_MS && ms < LATEST_MS)) return undefined;
  return new Date(ms);
}

/** A moment as the contracts spell it: UTC, ISO 8601 with milliseconds. */
export const optionalTimestamp = z
  .unknown()
  .optional()
  .transform((value) => readMoment(value)?.toISOString());

function toEpochMs(value: unknown): number | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return undefined;
  const spelled = value.trim();
  if (/^\d+(\.\d+)?$/.test(spelled)) return fromEpoch(Number(spelled));
  if (!ISO.test(spelled)) return undefined;
  return Date.parse(ISO_WITHOUT_ZONE.test(spelled) ? `${spelled}Z` : spelled);
}

function fromEpoch(epoch: number): number {
  return epoch < SECONDS_BELOW ? epoch * 1000 : epoch;
}
