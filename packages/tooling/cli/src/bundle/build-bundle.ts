import { readdir, rm, stat } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeIfChanged } from '@cloudnestle/bundles/bundle';
import { bundleProgram } from '@cloudnestle/bundles/bundle-program';
import { bundleFolder, RECORD } from './find-bundle.ts';

const root = join(import.meta.dirname, '../../../../..');
/** What reads files that lie beside its sources: the local run, whose start need not be quick, and the fonts of documents. */
const external = ['@cloudnestle/dev/start', '@cloudnestle/invoice-pdf/render-checked'];
/** Longer than any command runs: one that was started from an older bundle still loads parts of it. */
const KEPT_MS = 7 * 86_400_000;

/** Builds the command, or another program, from its sources, and returns the file to run. Rejects where it cannot be built or kept. */
export async function buildBundle(
  program: string = join(import.meta.dirname, '../main.ts'),
  folder: string = bundleFolder,
): Promise<string> {
  const startedMs = Date.now();
  const { entry, files, sources } = await bundleProgram(program, folder, external);
  const inputs = await Promise.all(listInputs(sources).map((each) => describe(each, startedMs)));
  const record = [basename(entry), ...inputs].join('\n');
  await writeIfChanged(join(folder, RECORD), Buffer.from(record));
  await removeOld(folder, new Set([RECORD, ...files.map((file) => basename(file))]));
  return entry;
}

/** The sources, and what says where their imports lead. */
function listInputs(sources: readonly string[]): string[] {
  const manifests = sources.flatMap((source) => findPackageJSON(pathToFileURL(source)) ?? []);
  const installed = ['pnpm-lock.yaml', 'node_modules/.modules.yaml'];
  return [...new Set([...sources, ...manifests, ...installed.map((file) => join(root, file))])];
}

/** A file that was written since may have come too late for the bundle: time 0, so that the next start builds anew. */
async function describe(file: string, startedMs: number): Promise<string> {
  const { mtimeMs, size } = await stat(file);
  return `${mtimeMs < startedMs ? mtimeMs : 0} ${size} ${file}`;
}

async function removeOld(folder: string, inUse: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(folder)).filter((name) => !inUse.has(name));
  await Promise.all(
    others.map(async (name) => {
      const file = join(folder, name);
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > KEPT_MS) await rm(file, { force: true });
    }),
  );
}
