import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const packageRoot = join(import.meta.dirname, '../..');
const repositoryRoot = join(packageRoot, '../../..');

/** What the package is imported by, and the source that stands behind it. */
export const entries = {
  '.': { name: 'index', source: 'src/index.ts' },
  './react': { name: 'react', source: 'src/react/index.ts' },
  './hindi': { name: 'hindi', source: 'src/hindi.ts' },
} as const;

/**
 * Builds the package that is published into `folder`, with a package.json of its own: ES modules, their types, the style sheet and
 * the README. `npm pack FOLDER` packs exactly that. Rejects with esbuild's or the compiler's words.
 */
export async function buildPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([buildModules(folder), buildTypes(folder), copyRest(folder)]);
}

async function buildModules(folder: string): Promise<void> {
  await build({
    absWorkingDir: packageRoot,
    entryPoints: Object.values(entries).map(({ name, source }) => ({ in: source, out: name })),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime'],
    chunkNames: 'shared-[hash]',
  });
  const react = join(folder, 'react.js');
  // Hooks and context live in the browser: a framework with server components is told so.
  await writeFile(react, `'use client';\n${await readFile(react, 'utf8')}`);
}

async function buildTypes(folder: string): Promise<void> {
  const tsc = join(repositoryRoot, 'node_modules/.bin/tsc');
  const options = [
    ...['-p', join(packageRoot, 'tsconfig.build.json')],
    ...['--outDir', join(folder, 'types')],
  ];
  try {
    await promisify(execFile)(tsc, options);
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`the types cannot be built\n${said}`, { cause: error });
  }
}

async function copyRest(folder: string): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  await Promise.all([
    writeFile(join(folder, 'package.json'), JSON.stringify(buildManifest(manifest), null, 2)),
    copyFile(join(packageRoot, 'README.md'), join(folder, 'README.md')),
    copyFile(join(repositoryRoot, 'LICENSE'), join(folder, 'LICENSE')),
    copyFile(join(packageRoot, 'src/styles.css'), join(folder, 'styles.css')),
  ]);
}

const kept = ['name', 'version', 'description', 'license', 'type', 'peerDependencies'];

/** The published manifest: what names the package, and what it opens. No dependency but the page's own React. */
function buildManifest(manifest: unknown): Record<string, unknown> {
  if (typeof manifest !== 'object' || manifest === null) throw new Error('no package.json');
  const opened = Object.entries(entries).map(([path, { name, source }]) => [
    path,
    { types: source.replace(/^src/, './types').replace(/\.ts$/, '.d.ts'), default: `./${name}.js` },
  ]);
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([key]) => kept.includes(key))),
    exports: { ...Object.fromEntries(opened), './styles.css': './styles.css' },
    sideEffects: ['*.css'],
  };
}
