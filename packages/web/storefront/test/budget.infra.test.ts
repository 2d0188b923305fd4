import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '@cloudnestle/pages/build-pages';
import { weighAssets } from '@cloudnestle/pages/weigh-assets';
import { expect, it } from 'vitest';

const KB = 1024;

it('a browser loads at most 90 KB of script and 6 KB of styles, React included, and nothing inline', async () => {
  const folder = await buildPages('storefront');
  const sizes = { js: 0, css: 0 };
  for (const [name, bytes] of await weighAssets(folder)) {
    sizes[name.endsWith('.js') ? 'js' : 'css'] += bytes;
  }
  expect(sizes.js).toBeGreaterThan(20 * KB);
  expect(sizes.js).toBeLessThanOrEqual(90 * KB);
  expect(sizes.css).toBeLessThanOrEqual(6 * KB);
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<script>|<style| style=| on\w+=|(src|href)="(https?:)?\/\//);
});

it('is built once for the same sources', async () => {
  const folder = await buildPages('storefront');
  const before = await readdir(join(folder, '..'));
  expect(await buildPages('storefront')).toBe(folder);
  expect(await readdir(join(folder, '..'))).toEqual(before);
});
