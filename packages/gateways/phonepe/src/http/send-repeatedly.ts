import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from './send-request.ts';

const MAX_TRIES = 3;
const FIRST_DELAY_MS = 100;
const TRY_LATER_STATUSES = new Set([408, 429]);

/**
 * Sends up to three times where a try failed or PhonePe said to come back (408, 429, 5xx), with a random pause of up
 * to 100, then 200 ms ("full jitter"), within the signal's time. Only for calls that may be executed twice.
 */
export async function sendRepeatedly(
  send: () => Promise<HttpAnswer>,
  { random, signal }: { random: () => number; signal: AbortSignal },
): Promise<HttpAnswer> {
  let answer = await send();
  for (let tries = 1; tries < MAX_TRIES && isWorthRepeating(answer); tries++) {
    const delayMs = random() * FIRST_DELAY_MS * 2 ** (tries - 1);
    const slept = await sleep(delayMs, true, { signal }).catch(() => false);
    if (!slept) return answer;
    answer = await send();
  }
  return answer;
}

function isWorthRepeating(answer: HttpAnswer): boolean {
  return answer.kind === 'failed' || isTryLater(answer.status);
}

/** The answer says nothing about the question, only that now is not the time. */
export function isTryLater(status: number): boolean {
  return status >= 500 || TRY_LATER_STATUSES.has(status);
}
