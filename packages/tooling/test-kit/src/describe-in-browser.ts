import { describe } from 'vitest';
import { findChromium } from './browser.ts';

/** Tests in a real browser. Without one they are skipped, and a line says how to get it. */
export function describeInBrowser(name: string, tests: () => void): void {
  const isThere = findChromium() !== undefined;
  if (!isThere) {
    console.warn(
      `SKIPPED, no Chromium: "${name}". Get one with \`node tools/chromium.mjs\` (Debian's package), or name one in CHROMIUM.`,
    );
  }
  describe.skipIf(!isThere)(name, tests);
}
