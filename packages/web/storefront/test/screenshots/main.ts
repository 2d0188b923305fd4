import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startLocalRun } from '@cloudnestle/dev/start';
import { startBrowser } from '@cloudnestle/test-kit/browser';
import { scenes } from './scenes.ts';

// `pnpm --filter @cloudnestle/storefront screenshots [FOLDER] [NAME...]`: every state of the shop, wide and narrow, light and dark.
const [folder = 'screenshots', ...only] = process.argv.slice(2);
const views = [
  { name: 'wide-light', width: 1200, height: 800, colorScheme: 'light' },
  { name: 'narrow-dark', width: 360, height: 740, colorScheme: 'dark' },
] as const;

await mkdir(folder, { recursive: true });
const run = await startLocalRun({ log: () => undefined, pages: 'at once' });
const browser = await startBrowser();
for (const scene of scenes) {
  if (only.length > 0 && !only.includes(scene.name)) continue;
  for (const { name, width, height, colorScheme } of views) {
    const { page, problems, close } = await browser.open({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    try {
      await scene.show(page, run.url);
      const path = join(resolve(folder), `${scene.name}-${name}.png`);
      await page.screenshot({ path, fullPage: true });
      console.log(path, ...problems);
    } catch (error) {
      console.log(`${scene.name} ${name}: ${error}`, ...problems);
      process.exitCode = 1;
    }
    await close();
  }
}
await browser.close();
await run.stop();
