import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Paths } from '../platform/paths.ts';
import { sstRules } from './sst-rules.ts';

/** What is used of the platform's own esbuild. */
interface Esbuild {
  build(
    options: Record<string, unknown>,
  ): Promise<{ metafile: { inputs: Record<string, unknown> } }>;
}

export interface LoadOptions {
  define?: Record<string, string>;
  inject?: string[];
  /** Put in front of every file of the project. */
  globals?: string;
  /** Put in front of the bundle. */
  banner?: string;
}

/** Bundles code and what it imports as SST's command does, and loads it; also names the project's files in it. */
export async function loadModule(
  paths: Paths,
  code: string,
  { define = {}, inject = [], globals = '', banner = '' }: LoadOptions,
): Promise<{ exports: unknown; sources: string[] }> {
  const esbuild: Esbuild = createRequire(join(paths.platform, 'package.json'))('esbuild');
  // Inside the platform, so that what is left out of the bundle is found there.
  const outfile = join(paths.platform, `offline.${process.pid}.${randomUUID()}.mjs`);
  try {
    const { metafile } = await esbuild.build({
      stdin: { contents: code, resolveDir: paths.root, sourcefile: 'offline.ts', loader: 'ts' },
      absWorkingDir: paths.root,
      outfile,
      bundle: true,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      mainFields: ['module', 'main'],
      define,
      inject,
      banner: { js: nodeGlobals + banner },
      nodePaths: [join(paths.platform, 'node_modules')],
      external: externals,
      plugins: [sstRules(paths, globals)],
    });
    const exports: unknown = await import(pathToFileURL(outfile).href);
    return { exports, sources: listSources(paths, Object.keys(metafile.inputs)) };
  } finally {
    await rm(outfile, { force: true });
  }
}

const externals = [
  '@pulumi/*',
  '@pulumiverse/*',
  '@sst-provider/*',
  '@aws-sdk/*',
  'undici',
  'esbuild',
  'archiver',
  'glob',
  'vite',
];

const nodeGlobals = `import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __toPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __toPath(import.meta.url);
const __dirname = __toPath(new URL('.', import.meta.url));
`;

function listSources({ root, work }: Paths, inputs: readonly string[]): string[] {
  const platform = relative(root, work);
  return (
    inputs
      .filter((path) => !path.startsWith(platform) && path !== 'offline.ts')
      // Not the packages: they change with the lockfile only.
      .filter((path) => !path.includes(':') && !path.includes('node_modules/'))
      .toSorted()
  );
}
