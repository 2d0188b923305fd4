import { addMs } from '../clock.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When the gateway is asked about a refund, counted from its submission. */
const FIRST_LOOKS_MS = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS];
/** And after that: card refunds take days. */
const LATER_LOOKS_MS = 6 * HOUR_MS;
/** A refund that is not over after that needs an operator; it is asked about all the same. */
const OVERDUE_MS = 10 * DAY_MS;

/** A gateway that does not know a refund may only not know it yet: asked again after this, before it is sent again. */
export const NOT_KNOWN_FOR_MS = MINUTE_MS;

/** The next question about a refund. Counted by the clock, so that a look too many or too few changes no later one. */
export function planQuestion(submittedAt: Date, now: Date): Date {
  const first = FIRST_LOOKS_MS.map((offsetMs) => addMs(submittedAt, offsetMs)).find(
    (at) => at > now,
  );
  return first ?? addMs(now, LATER_LOOKS_MS);
}

export function isOverdue(submittedAt: Date, now: Date): boolean {
  return now >= addMs(submittedAt, OVERDUE_MS);
}

/** Whether a gateway that did not know the refund then, and does not now, never got it. */
export function isSurelyNotKnown(notKnownSince: Date | undefined, now: Date): boolean {
  return notKnownSince !== undefined && now >= addMs(notKnownSince, NOT_KNOWN_FOR_MS);
}
