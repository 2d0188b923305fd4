import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startBrowser } from '@cloudnestle/test-kit/browser';
import { signIn, startWorld } from '../testing/world.ts';
import { scenes, tellStory } from './scenes.ts';

// `pnpm --filter @cloudnestle/console screenshots FOLDER [NAME...]`: every screen, wide and narrow, light and dark.
const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error('into which folder?');
const views = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { view: `wide-${colorScheme}`, colorScheme, viewport: { width: 1400, height: 900 } },
  { view: `narrow-${colorScheme}`, colorScheme, viewport: { width: 360, height: 740 } },
]);

/** A screen that is not there by then never comes. */
const WAIT_MS = 30_000;

await mkdir(folder, { recursive: true });
const world = await startWorld();
const story = await tellStory(world);
const browser = await startBrowser();
for (const { view, viewport, colorScheme } of views) {
  const { page, problems, close } = await browser.open({
    ...{ viewport, colorScheme, reducedMotion: 'reduce' },
  });
  page.setDefaultTimeout(WAIT_MS);
  await signIn(page, world.url, 'repair');
  for (const { name, path, show } of scenes) {
    if (names.length > 0 && !names.includes(name)) continue;
    await page.goto(`${world.url}${path(story)}`);
    await page.locator('h1').first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await show?.(page);
    await page.screenshot({ path: join(resolve(folder), `${name}-${view}.png`), fullPage: true });
    console.log(`${name} ${view}`, ...problems.splice(0));
  }
  await close();
}
await browser.close();
await world.stop();
