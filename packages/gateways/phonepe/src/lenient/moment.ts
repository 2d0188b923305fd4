import * as z from 'zod';

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
