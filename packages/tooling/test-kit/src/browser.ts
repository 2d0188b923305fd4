import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContextOptions,
  type Page as BrowserPage,
  chromium,
} from 'playwright-core';
import { WAIT_MS } from './nets.ts';

export type Page = BrowserPage;

/** A page of a browser, with all that went wrong on it. */
export interface OpenPage {
  page: Page;
  /** Errors and warnings of the console, errors of scripts, and violations of the Content Security Policy. */
  problems: string[];
  close(): Promise<void>;
}

export interface TestBrowser {
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: `CHROMIUM` names it, else the first one on the PATH. Undefined where there is none. */
export function findChromium(): string | undefined {
  return find(process.env.CHROMIUM, names);
}

/** The same engine without a browser around it (Debian's `chromium-headless-shell`), which takes half the processor time. */
function findShell(): string | undefined {
  const { CHROMIUM, CHROMIUM_SHELL } = process.env;
  // Who names a browser wants the tests to run in that one.
  return find(CHROMIUM_SHELL, CHROMIUM ? [] : ['chromium-headless-shell']);
}

function find(chosen: string | undefined, programs: readonly string[]): string | undefined {
  const { PATH = '' } = process.env;
  const places = PATH.split(delimiter).flatMap((folder) =>
    programs.map((name) => join(folder, name)),
  );
  return [...(chosen ? [chosen] : []), ...places].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * `whole`: a Chromium with the back-forward cache on, as buyers have it; Playwright switches it off by default. `light`: the same
 * engine without that cache, where this machine has one of the kind, else the whole one.
 */
export type BrowserKind = 'whole' | 'light';

/** Starts a browser of this machine. Rejects where there is none. */
export async function startBrowser(kind: BrowserKind = 'whole'): Promise<TestBrowser> {
  const executablePath = (kind === 'light' ? findShell() : undefined) ?? findChromium();
  if (!executablePath) throw new Error('there is no Chromium: node tools/chromium.mjs');
  const browser = await chromium.launch({
    executablePath,
    // CI runs as root, where Chromium's own sandbox does not start; and there is no card to draw with.
    args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  return { open: (options) => openPage(browser, options), close: () => browser.close() };
}

async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused call is the page's business, and told by the browser as an error all the same.
    if (/^Failed to load resource|net::ERR_/.test(message.text())) return;
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  return { page, problems, close: () => context.close() };
}

/**
 * What axe finds on the page as it stands, a line each: rule, and where. `only`: one rule, where the rest has been looked at. Fades
 * have ended before.
 */
export async function findBarriers(page: Page, only?: string): Promise<string[]> {
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((each) => each.effect.getTiming().iterations === 1).map((each) => each.finished))',
  );
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  // What is in order need not be described, which is most of the work on a large page.
  const options = {
    resultTypes: ['violations'],
    preload: false,
    ...(only === undefined ? {} : { runOnly: [only] }),
  };
  const { violations }: axe.AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
  );
}
