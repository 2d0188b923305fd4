import type { Clock } from '@cloudnestle/payments/clock';

/** What is left of the function's timeout when the answer leaves: serialising it, and the way back. */
const ANSWER_MARGIN_MS = 500;

/** Opening a page: never longer, and always with time left to write its address down and to ask about a refusal. */
const PAY_AT_MOST_MS = 5000;
const AFTER_PAY_MS = 2500;
/** With less, the gateway is not called at all. */
const PAY_AT_LEAST_MS = 250;

/** Asking about an older order: what is left must still be enough to open a new one. */
const ASK_AT_MOST_MS = 2500;
const AFTER_ASK_MS = 4000;

const REFUSAL_AT_MOST_MS = 1500;
const AFTER_REFUSAL_MS = 500;

const ANNOUNCE_AT_MOST_MS = 1500;

/** One AWS call of this function; the SDK repeats a failed one twice. */
export const AWS_TIMEOUT_MS = 1000;

/** How long one upgrade call may take from its start on. */
export function answerWithinMs(functionTimeoutMs: number): number {
  return functionTimeoutMs - ANSWER_MARGIN_MS;
}

/** The shares of one upgrade call's time, each bounded by what is left of the whole. Milliseconds. */
export interface Budget {
  /** Undefined where too little is left to begin. */
  payMs(): number | undefined;
  askMs(): number;
  refusalMs(): number;
  announceMs(): number;
}

/** Starts the clock of one upgrade call. */
export function startBudget(functionTimeoutMs: number, now: Clock): Budget {
  const endsAt = now().getTime() + answerWithinMs(functionTimeoutMs);
  const share = (atMostMs: number, afterwardsMs: number) =>
    Math.max(0, Math.min(atMostMs, endsAt - now().getTime() - afterwardsMs));
  return {
    payMs: () => {
      const ms = share(PAY_AT_MOST_MS, AFTER_PAY_MS);
      return ms < PAY_AT_LEAST_MS ? undefined : ms;
    },
    askMs: () => share(ASK_AT_MOST_MS, AFTER_ASK_MS),
    refusalMs: () => share(REFUSAL_AT_MOST_MS, AFTER_REFUSAL_MS),
    announceMs: () => share(ANNOUNCE_AT_MOST_MS, 0),
  };
}
