import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type OpenPage, type Page, startBrowser, type TestBrowser } from './browser.ts';

export interface Browsing {
  /** A page of a browser profile of its own, closed when its test has ended. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** All that has gone wrong so far on the pages of this test; what is taken out of it does not fail the test. */
  problemsOf(page: Page): string[];
}

/**
 * One browser for the tests of a file; to be called where they are described. An error on a console, a script's and a violation of
 * the policy alike, fails the test, whatever it tried.
 */
export function useBrowser(): Browsing {
  let starting: Promise<TestBrowser> | undefined;
  let opened: OpenPage[] = [];
  // Not waited for: what the file itself starts can start meanwhile.
  beforeAll(() => {
    starting = startBrowser();
    starting.catch(() => undefined);
  });
  afterAll(async () => (await starting)?.close());
  afterEach(async () => {
    const ended = opened;
    opened = [];
    await Promise.all(ended.map(({ close }) => close()));
    expect(ended.flatMap(({ problems }) => problems)).toEqual([]);
  });
  return {
    open: async (options) => {
      const next = await (await starting)?.open(options);
      if (!next) throw new Error('a page is opened before the tests have begun');
      opened.push(next);
      return next.page;
    },
    problemsOf: (page) => opened.find((each) => each.page === page)?.problems ?? [],
  };
}
