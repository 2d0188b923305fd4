import { join } from 'node:path';
import { type BuildOptions, type BuildResult, build } from 'esbuild';
import { findPackages } from './find-packages.ts';
import { writeIfChanged } from './write-if-changed.ts';

export interface Bundle {
  file: string;
  bytes: number;
  /** Packages from npm with code in the bundle. */
  packages: ReadonlySet<string>;
  /** What it exports. */
  exports: readonly string[];
}

/**
 * Bundles programs as every function is bundled for Lambda: each into one minified ES module, `<name>/index.mjs` below
 * `directory`. Rejects with esbuild's own words where something does not resolve. The same sources give the same bytes,
 * however many are built at once, and a file that has these bytes already is left untouched.
 */
export async function bundleFiles(
  files: Readonly<Record<string, string>>,
  directory: string,
): Promise<Bundle[]> {
  return writeBundles(
    // All in one go: what they share is read once, which takes a third of the time.
    await build({
      ...bundleOptions,
      entryPoints: { ...files },
      entryNames: '[name]/index',
      outExtension: { '.js': '.mjs' },
      outdir: directory,
    }),
  );
}

/** The same for a program that is no file; its imports resolve as from `resolveDir`. */
export async function bundleSource(
  source: string,
  resolveDir: string,
  file: string,
): Promise<Bundle[]> {
  const stdin = { contents: source, resolveDir, loader: 'ts' } as const;
  return writeBundles(await build({ ...bundleOptions, stdin, outfile: file }));
}

/** How everything is bundled that runs on Node 24. */
export const bundleOptions = {
  absWorkingDir: process.cwd(),
  bundle: true,
  metafile: true,
  write: false,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The packages' own ES modules: tree shaking works, and the result is a third smaller.
  mainFields: ['module', 'main'],
  // CommonJS packages in an ES module bundle still call require.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'silent',
} as const satisfies BuildOptions;

type Built = BuildResult<typeof bundleOptions>;

async function writeBundles({ metafile, outputFiles }: Built): Promise<Bundle[]> {
  const described = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [
      join(bundleOptions.absWorkingDir, path),
      output,
    ]),
  );
  return Promise.all(
    outputFiles.map(async ({ path, contents }) => {
      const output = described.get(path);
      if (!output) throw new Error(`esbuild says nothing about ${path}`);
      await writeIfChanged(path, contents);
      const { exports } = output;
      return { file: path, bytes: contents.byteLength, packages: findPackages(output), exports };
    }),
  );
}
