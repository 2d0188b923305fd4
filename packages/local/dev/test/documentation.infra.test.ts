import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const sources = tracked.filter((path) => /\.(ts|mjs|js)$/.test(path));
const pages = tracked.filter((path) => path.endsWith('.md'));
/** Empty folders that a checkout keeps are not there in a fresh clone. */
const isTracked = (path: string) =>
  tracked.some((each) => each === path || each.startsWith(`${path.replace(/\/$/, '')}/`));
const architecture = read('docs/architecture.md');

it('every rule that code or a page cites stands on the page of the architecture', () => {
  const known = new Set(architecture.match(/(?<=^### rule )\d+/gm));
  expect(known.size).toBeGreaterThan(10);
  const unknown = [...sources, ...pages].flatMap((path) =>
    [...read(path).matchAll(/\brules? (\d+)(?:(?:, | and )(\d+))*/g)]
      .flatMap(([citation]) => citation.match(/\d+/g) ?? [])
      .filter((rule) => !known.has(rule))
      .map((rule) => `${path}: rule ${rule}`),
  );
  expect(unknown).toEqual([]);
});

it('no comment cites a page that the repository does not hold', () => {
  const citing = sources.filter((path) => /\((design|mission)\b/.test(read(path)));
  expect(citing.filter((path) => !path.endsWith('documentation.infra.test.ts'))).toEqual([]);
});

it('every file that a page names is there', () => {
  const named = /`((?:docs|packages|services|stacks|tools)\/[\w./-]+)`/g;
  const missing = pages
    // What is said of a day stays as it was said.
    .filter((page) => !page.startsWith('docs/decisions/') && page !== 'CHANGELOG.md')
    .flatMap((page) =>
      [...read(page).matchAll(named)]
        .map(([, path = '']) => path)
        .filter((path) => !isTracked(path))
        .map((path) => `${page}: ${path}`),
    );
  expect(missing).toEqual([]);
});

it('every link between pages leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, dirname(page), path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(broken).toEqual([]);
});

it('the README can be read in one go', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
});

it('every package and service says what it is', () => {
  const packages = tracked
    .filter((path) => /^(packages\/[^/]+\/[^/]+|services\/[^/]+)\/package\.json$/.test(path))
    .map((path) => dirname(path));
  expect(packages.length).toBeGreaterThan(15);
  const silent = packages.filter((folder) => !existsSync(join(root, folder, 'README.md')));
  expect(silent).toEqual([]);
});
