import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions, writeIfChanged } from './bundle.ts';

export interface ProgramBundle {
  /** The file to run. */
  entry: string;
  /** It and all that it loads. */
  files: readonly string[];
  /** The repository's own files that are in it, by absolute path. */
  sources: readonly string[];
}

const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Bundles a program that starts often and is used a little at a time: into readable ES modules in `directory`, one for each
 * part that the program loads by `import()` and for what several of them share. `external` stays outside, to be found from
 * there. Names carry a hash of the content, so what was built before stays valid for a process that still runs it. Rejects with
 * esbuild's own words where something does not resolve.
 */
export async function bundleProgram(
  source: string,
  directory: string,
  external: readonly string[],
): Promise<ProgramBundle> {
  const { metafile, outputFiles } = await build({
    ...bundleOptions,
    absWorkingDir: repositoryRoot,
    // A stack trace is read by an operator.
    minify: false,
    splitting: true,
    entryPoints: [source],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    outdir: directory,
    external: [...external],
  });
  await Promise.all(outputFiles.map(({ path, contents }) => writeIfChanged(path, contents)));
  const entry = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) =>
      entryPoint !== undefined && resolve(repositoryRoot, entryPoint) === source,
  );
  if (!entry) throw new Error(`esbuild made nothing of ${relative(repositoryRoot, source)}`);
  return {
    entry: join(directory, basename(entry[0])),
    files: outputFiles.map(({ path }) => path),
    sources: Object.keys(metafile.inputs)
      .filter((path) => !path.includes('node_modules/'))
      .map((path) => join(repositoryRoot, path)),
  };
}
