import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findFontFile, fontFiles } from '@cloudnestle/invoice-pdf/fonts';
import { type BuildOptions, type BuildResult, build, type Metafile } from 'esbuild';

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
      if (FONTS in output.inputs) await copyFonts(dirname(path));
      const { exports } = output;
      return { file: path, bytes: contents.byteLength, packages: findPackages(output), exports };
    }),
  );
}

/** What reads fonts looks for them beside itself. */
const FONTS = 'packages/core/invoice-pdf/src/fonts.ts';

/** Puts the fonts of documents beside a program that sets them, with their licence. */
async function copyFonts(directory: string): Promise<void> {
  for (const name of ['regular', 'semiBold', 'licence'] as const) {
    await writeIfChanged(join(directory, fontFiles[name]), await readFile(findFontFile(name)));
  }
}

/** The packages from npm with code in an output of esbuild. */
function findPackages({ inputs }: Metafile['outputs'][string]): ReadonlySet<string> {
  const used = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? path : [],
  );
  return new Set(used.flatMap((path) => findPackage(path) ?? []));
}

/** `@aws-sdk/client-sqs` of `node_modules/.pnpm/.../node_modules/@aws-sdk/client-sqs/dist-es/index.js`. */
function findPackage(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** Writes a file unless it has these bytes already. A reader never sees half of it, however many processes write it at once. */
export async function writeIfChanged(file: string, contents: Uint8Array): Promise<void> {
  const existing = await readFile(file).catch(() => undefined);
  if (existing?.equals(contents)) return;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, contents);
  await rename(draft, file);
}
