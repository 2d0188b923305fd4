import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import {
  type BrowserKind,
  type OpenPage,
  type Page,
  startBrowser,
  type TestBrowser,
} from './browser.ts';

export interface Browsing {
  /**
   * A page of a browser profile of its own, closed when its test has ended. `browser: 'whole'`: of a browser with a back-forward
   * cache.
   */
  open(options?: BrowserContextOptions & { browser?: BrowserKind }): Promise<Page>;
  /** All that has gone wrong so far on a page of this test; what is taken out of it does not fail the test. */
  problemsOf(page: Page): string[];
}

/**
 * Browsers for the tests of one file; to be called where they are described. An error on a page's console, a script's and a
 * violation of its policy alike, fails the test, whatever it tried.
 */
export function useBrowser(): Browsing {
  const started = new Map<BrowserKind, Promise<TestBrowser>>();
  let opened: OpenPage[] = [];
  const start = (kind: BrowserKind) => {
    const browser = started.get(kind) ?? startBrowser(kind);
    started.set(kind, browser);
    return browser;
  };
  beforeAll(() => {
    // Not waited for: what the file itself starts can start meanwhile. A failure meets the first page that is opened.
    start('light').catch(() => undefined);
  });
  afterAll(async () => {
    const browsers = await Promise.allSettled(started.values());
    started.clear();
    await Promise.all(
      browsers.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)),
    );
  });
  afterEach(async () => {
    const ended = opened;
    opened = [];
    await Promise.all(ended.map(({ close }) => close()));
    expect(ended.flatMap(({ problems }) => problems)).toEqual([]);
  });
  return {
    open: async ({ browser = 'light', ...options } = {}) => {
      const next = await (await start(browser)).open(options);
      opened.push(next);
      return next.page;
    },
    problemsOf: (page) => opened.find((each) => each.page === page)?.problems ?? [],
  };
}
