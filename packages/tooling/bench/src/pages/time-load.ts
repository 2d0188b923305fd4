import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@cloudnestle/test-kit/browser';
import * as z from 'zod';

/** What a load is timed to: the moment when so many elements of the kind are on the page. */
export interface Landmark {
  selector: string;
  count?: number;
  /** What stands on the button that brings more of them. */
  more?: string;
}

export interface Load {
  /** First paint with content, in milliseconds from the start of the navigation. */
  paintMs: number;
  /** The landmark, from the same start. */
  thereMs: number;
}

const loadSchema = z.object({ paintMs: z.number(), thereMs: z.number() });

/** Has every load of a page from now on timed to that landmark, each without the browser's cache. */
export async function prepareLoads(page: Page, landmark: Landmark): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(`(${watch})(${JSON.stringify(landmark)})`);
}

/** Loads an address anew. */
export async function timeLoad(page: Page, url: string): Promise<Load> {
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  // Not `waitForFunction`, which the pages' policies forbid.
  for (;;) {
    const found = loadSchema.safeParse(await page.evaluate(read));
    if (found.success) return found.data;
    await delay(LOOK_AGAIN_MS);
  }
}

const LOOK_AGAIN_MS = 100;

const read = `({
  paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  thereMs: window.thereMs,
})`;

/** Runs in the page: notes when the landmark is there, and presses what brings more of it, once for each answer. */
const watch = `({ selector, count = 1, more }) => {
  let pressedAt = 0;
  const observer = new MutationObserver(() => {
    const found = document.querySelectorAll(selector).length;
    if (found >= count) {
      observer.disconnect();
      window.thereMs = performance.now();
    } else if (more !== undefined && found > pressedAt) {
      const buttons = [...document.querySelectorAll('button')];
      const button = buttons.find(({ textContent }) => textContent === more);
      if (!button) return;
      pressedAt = found;
      button.click();
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}`;
