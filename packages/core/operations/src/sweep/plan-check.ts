import { addMs } from '@cloudnestle/payments/clock';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When a paid order's effects are looked at, counted from its completion. */
const EFFECTS_LOOKS_MS = [5 * MINUTE_MS, ...[1, 6, 24, 48, 96].map((hours) => hours * HOUR_MS)];
/** Missing effects are given this long before the payment is published again. */
const REPUBLISH_FROM_MS = HOUR_MS;
/** What was published again is given this long to show. */
const LOOKS_APART_MS = 5 * MINUTE_MS;

/** When an expired order is asked about again, counted from its expiry: money can come late. */
const LATE_MONEY_LOOKS_MS = [1, 6, 24, 72].map((hours) => hours * HOUR_MS);
/** Nobody waits for an outcome longer than for late money. */
const UNDECIDED_FOR_MS = 72 * HOUR_MS;
/** A gateway that cannot be asked about the last look is given one day more. */
const UNASKED_FOR_MS = 96 * HOUR_MS;

/** What was published so often, half an hour after it was first, counts as lost: longer than any subscriber retries. */
const LOST_AFTER = 6;
/** What is lost is published on, but ever more rarely. */
const LONGEST_ARRIVAL_MS = 6 * HOUR_MS;

/** What is done about a paid order whose effects are missing. */
export interface EffectsPlan {
  republish: boolean;
  /** `giveUp`: an operator must look now. */
  nextLook: Date | 'giveUp';
}

/**
 * Counted by the clock, so that a look that came too early, late or to nothing changes no later one. Nobody is given up
 * who was not published again at least once before (`republished`: how often), however late the payment became known.
 */
export function planEffects(completedAt: Date, republished: number, now: Date): EffectsPlan {
  const republish = now >= addMs(completedAt, REPUBLISH_FROM_MS);
  const next = EFFECTS_LOOKS_MS.map((offsetMs) => addMs(completedAt, offsetMs)).find(
    (at) => at > now,
  );
  if (next) return { republish, nextLook: latest(next, addMs(now, LOOKS_APART_MS)) };
  return { republish, nextLook: republished > 0 ? 'giveUp' : addMs(now, HOUR_MS) };
}

/**
 * The next look at an order whose outcome was published for the `times`th time: at the next run, then after 2, 4, 8, ...
 * minutes.
 */
export function planArrival(
  times: number,
  now: Date,
): { nextLook: Date | 'nextRun'; isLost: boolean } {
  const waitMs = Math.min(2 ** (times - 1) * MINUTE_MS, LONGEST_ARRIVAL_MS);
  return {
    nextLook: times === 1 ? 'nextRun' : addMs(now, waitMs),
    isLost: times >= LOST_AFTER,
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
