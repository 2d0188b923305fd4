import { addMs } from '@cloudnestle/payments/clock';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When a paid order's effects are looked at, counted from its completion. */
const EFFECTS_LOOKS_MS = [5 * MINUTE_MS, ...[1, 6, 24, 48, 96].map((hours) => hours * HOUR_MS)];
/** Missing effects are given this long before the payment is published again. */
const REPUBLISH_FROM_MS = HOUR_MS;
/** Looks that come late, because nothing ran for a while, keep this distance. */
const LOOKS_APART_MS = 5 * MINUTE_MS;

/** When an expired order is asked about again, counted from its expiry: money can come late. */
const LATE_MONEY_LOOKS_MS = [1, 6, 24, 72].map((hours) => hours * HOUR_MS);
/** Nobody waits for an outcome longer than for late money. */
const UNDECIDED_FOR_MS = 72 * HOUR_MS;
/** A gateway that cannot be asked about the last look is given one day more. */
const UNASKED_FOR_MS = 96 * HOUR_MS;

/** What is done about a paid order whose effects are missing. */
export interface EffectsPlan {
  republish: boolean;
  /** Undefined: this was the last look, a person must look now. */
  nextLookAt: Date | undefined;
}

/** `looks`: how many have missed something before this one. */
export function planEffects(completedAt: Date, looks: number, now: Date): EffectsPlan {
  const offsetMs = EFFECTS_LOOKS_MS[looks + 1];
  return {
    republish: now >= addMs(completedAt, REPUBLISH_FROM_MS),
    nextLookAt:
      offsetMs === undefined
        ? undefined
        : latest(addMs(completedAt, offsetMs), addMs(now, LOOKS_APART_MS)),
  };
}

/** The next look at an expired order, or undefined where there was the last one. */
export function planLateMoney(expiresAt: Date, now: Date): Date | undefined {
  return LATE_MONEY_LOOKS_MS.map((offsetMs) => addMs(expiresAt, offsetMs)).find((at) => at > now);
}

/**
 * The next look at an order that has no outcome: the next run while its page can be paid, then ever more rarely, a
 * tenth of the time since, and `giveUp` after three days.
 */
export function planUndecided(expiresAt: Date, now: Date): Date | 'nextRun' | 'giveUp' {
  const sinceMs = now.getTime() - expiresAt.getTime();
  if (sinceMs >= UNDECIDED_FOR_MS) return 'giveUp';
  return sinceMs < 10 * MINUTE_MS ? 'nextRun' : addMs(now, sinceMs / 10);
}

/** Whether an order has waited too long for a gateway that cannot be asked about it. */
export function isUnaskedTooLong(expiresAt: Date, now: Date): boolean {
  return now >= addMs(expiresAt, UNASKED_FOR_MS);
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
