import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPackage } from '../src/build/build-package.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const packageRoot = join(import.meta.dirname, '..');
const tsc = join(packageRoot, '../../../node_modules/.bin/tsc');

/** An empty project of a frontend developer, with the packed package in it. */
let project: string;
let installed: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'packed-'));
  installed = join(project, 'node_modules/@cloudnestle/upgrade');
  await buildPackage(join(project, 'package'));
  await run('npm', ['pack', './package', '--silent'], { cwd: project });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  const archive = (await readdir(project)).find((name) => name.endsWith('.tgz')) ?? '';
  // React comes from this repository, so that no registry is asked.
  const offline = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent'];
  await run('npm', ['install', `./${archive}`, ...offline], { cwd: project });
  for (const name of ['react', 'react-dom', '@types/react', '@types/react-dom']) {
    const place = join(project, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(dirname(require.resolve(`${name}/package.json`)), place);
  }
});
afterAll(() => rm(project, { recursive: true, force: true }));

/** The README's examples, each under the name that its first line says. */
async function readExamples(): Promise<ReadonlyMap<string, string>> {
  const readme = await readFile(join(packageRoot, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```$/gms)];
  expect(blocks).toHaveLength(readme.match(/^```tsx?$/gm)?.length ?? 0);
  return new Map(blocks.map(([, name = '', source = '']) => [name, source]));
}

it('is a package of its own: no dependency, no source, nothing that it names is missing', async () => {
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  expect(Object.keys(manifest.peerDependencies)).toEqual(['react']);
  const files = await readdir(installed, { recursive: true });
  const named: string[] = Object.values<string | object>(manifest.exports).flatMap((each) =>
    typeof each === 'string' ? [each] : Object.values(each),
  );
  expect(files).toEqual(expect.arrayContaining(named.map((path) => path.slice(2))));
  expect(files.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))).toEqual([]);
  for (const name of files.filter((each) => /\.(js|d\.ts)$/.test(each))) {
    const text = await readFile(join(installed, name), 'utf8');
    expect(text, name).not.toMatch(/from ["'](?!\.|react["']|react\/jsx-runtime["'])/);
  }
  expect(await readFile(join(installed, 'react.js'), 'utf8')).toMatch(/^'use client';/);
});

it('every example of the README compiles against what was packed, and the first one is a page', async () => {
  await mkdir(join(project, 'src'), { recursive: true });
  for (const [name, source] of await readExamples()) {
    await writeFile(join(project, 'src', name), source);
  }
  await writeFile(join(project, 'src/css.d.ts'), "declare module '*.css';\n");
  const compilerOptions = {
    ...{ strict: true, noEmit: true, jsx: 'react-jsx', lib: ['ES2022', 'DOM'], types: [] },
    ...{ module: 'ESNext', moduleResolution: 'Bundler', exactOptionalPropertyTypes: true },
  };
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['src'] }),
  );
  const { stdout } = await run(tsc, ['-p', project]).catch((error) => error);
  expect(stdout).toBe('');
  await writeFile(
    join(project, 'index.html'),
    '<!doctype html><title>Shop</title><script type="module" src="/src/main.tsx"></script>',
  );
  await build({ root: project, logLevel: 'silent', configFile: false });
  const assets = await readdir(join(project, 'dist/assets'));
  expect(assets.map((name) => name.split('.').at(-1)).toSorted()).toEqual(['css', 'js']);
});

it('is at most 6 KB on the wire with everything of both entries, and Hindi 2 KB more', async () => {
  const sizeOf = async (...names: string[]) => {
    const contents = names.map((name) => `export * from '@cloudnestle/upgrade${name}';`).join('');
    const { outputFiles } = await bundle({
      stdin: { contents, resolveDir: project },
      ...{ bundle: true, minify: true, format: 'esm', write: false },
      external: ['react', 'react/jsx-runtime'],
    });
    const code = outputFiles[0]?.contents ?? '';
    expect(code.length).toBeGreaterThan(1000);
    return gzipSync(code, { level: 9 }).length;
  };
  expect(await sizeOf('', '/react')).toBeLessThanOrEqual(6 * 1024);
  expect(await sizeOf('/hindi')).toBeLessThanOrEqual(2 * 1024);
});
