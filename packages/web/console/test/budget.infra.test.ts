import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPages } from '@cloudnestle/pages/build-pages';
import { expect, it } from 'vitest';

const KB = 1024;

it('an operator’s browser loads at most 200 KB before the first screen, 250 KB in all, and nothing inline', async () => {
  const folder = await buildPages('console');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const sizes = new Map<string, number>();
  for (const name of await readdir(join(folder, 'assets'))) {
    const content = await readFile(join(folder, 'assets', name));
    sizes.set(name, gzipSync(content, { level: 9 }).length);
  }
  const sum = (of: Iterable<number>) => [...of].reduce((total, size) => total + size, 0);
  const all = sum(sizes.values());
  const first = sum([...sizes].flatMap(([name, size]) => (page.includes(name) ? [size] : [])));
  // The picture of what happens now is the first screen: its own files come right after.
  const now = sum(
    [...sizes].flatMap(([name, size]) => (name.startsWith('now-page') ? [size] : [])),
  );
  expect(first).toBeGreaterThan(80 * KB);
  expect(first + now).toBeLessThanOrEqual(200 * KB);
  expect(all).toBeLessThanOrEqual(250 * KB);
  expect(page).not.toMatch(/<script>|<style| style=| on\w+=|(src|href)="(https?:)?\/\//);
});
