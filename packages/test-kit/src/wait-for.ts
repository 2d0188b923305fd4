import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `look` gives something other than undefined or false; fails with `what` after `timeoutMs`. */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
  options: { timeoutMs?: number } = {},
): Promise<Found> {
  const { timeoutMs = 10_000 } = options;
  const giveUpAt = Date.now() + timeoutMs;
  while (Date.now() < giveUpAt) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await delay(10);
  }
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
}
