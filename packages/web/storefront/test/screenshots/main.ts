import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startLocalRun } from '@cloudnestle/dev/start';
import { startBrowser } from '@cloudnestle/test-kit/browser';
import { type Scene, scenes } from './scenes.ts';

// `pnpm --filter @cloudnestle/storefront screenshots [FOLDER] [NAME...]`: every state of the shop, wide and narrow, light and dark.
// Without a folder: the documents' pictures, small.
const [folder, ...names] = process.argv.slice(2);
const pictures = join(import.meta.dirname, '../../../../../docs/pictures');
const small = { width: 1040, height: 860, deviceScaleFactor: 0.75 };

const jobs = folder === undefined ? listPictures() : listAll(resolve(folder));
await mkdir(folder ?? pictures, { recursive: true });
const run = await startLocalRun({ log: () => undefined, pages: 'at once' });
const browser = await startBrowser();
for (const { scene, path, width, height, deviceScaleFactor, colorScheme } of jobs) {
  const { page, problems, close } = await browser.open({
    ...{ viewport: { width, height }, deviceScaleFactor, colorScheme },
    reducedMotion: 'reduce',
  });
  await scene.show(page, run.url);
  await page.screenshot({ path, fullPage: folder !== undefined });
  console.log(path, ...problems);
  await close();
}
await browser.close();
await run.stop();

interface Job {
  scene: Scene;
  path: string;
  width: number;
  height: number;
  deviceScaleFactor: number;
  colorScheme: 'light' | 'dark';
}

function listAll(into: string): Job[] {
  const views = [
    { view: 'wide-light', width: 1200, height: 800, colorScheme: 'light' as const },
    { view: 'narrow-dark', width: 360, height: 740, colorScheme: 'dark' as const },
  ];
  return scenes
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap((scene) =>
      views.map(({ view, ...size }) => ({
        ...{ scene, ...size, deviceScaleFactor: 1 },
        path: join(into, `${scene.name}-${view}.png`),
      })),
    );
}

function listPictures(): Job[] {
  const shown = { 'plans-signed-in': 'plans', 'return-granted': 'return' };
  return Object.entries(shown).flatMap(([name, file]) =>
    scenes
      .filter((scene) => scene.name === name)
      .map((scene) => ({
        ...{ scene, ...small, colorScheme: 'light' as const },
        path: join(pictures, `${file}.png`),
      })),
  );
}
