import { setTimeout as delay } from 'node:timers/promises';
import { WAIT_MS } from './nets.ts';

/** Waits until `look` gives something other than undefined or false; fails with `what` where it never does. */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
): Promise<Found> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (performance.now() < giveUpAt) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await delay(10);
  }
  throw new Error(`waited ${WAIT_MS} ms in vain: ${what}`);
}
