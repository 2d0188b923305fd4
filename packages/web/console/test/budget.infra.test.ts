import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '@cloudnestle/pages/build-pages';
import { sumWeights, weighAssets } from '@cloudnestle/pages/weigh-assets';
import { expect, it } from 'vitest';

const KB = 1024;

it('an operator’s browser loads at most 200 KB before the first screen, 250 KB in all, and nothing inline', async () => {
  const folder = await buildPages('console');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const sizes = await weighAssets(folder);
  const weigh = (isMeant: (name: string) => boolean) =>
    sumWeights(new Map([...sizes].filter(([name]) => isMeant(name))));
  const all = sumWeights(sizes);
  const first = weigh((name) => page.includes(name));
  // The picture of what happens now is the first screen: its own files come right after.
  const now = weigh((name) => name.startsWith('now-page'));
  expect(first).toBeGreaterThan(80 * KB);
  expect(first + now).toBeLessThanOrEqual(200 * KB);
  expect(all).toBeLessThanOrEqual(250 * KB);
  expect(page).not.toMatch(/<script>|<style| style=| on\w+=|(src|href)="(https?:)?\/\//);
});
