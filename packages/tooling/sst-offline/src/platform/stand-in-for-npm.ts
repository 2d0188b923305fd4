import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * SST calls the `npm` that it finds, to install what its platform depends on: 30,000 files, copied one by one. The
 * project's own pnpm links them from its store instead, in a fifth of the time. Gives the PATH on which `npm` is
 * `install-like-npm.ts`; `remove` takes that away again.
 */
export async function standInForNpm(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sst-npm-'));
  const script = join(import.meta.dirname, 'install-like-npm.ts');
  const npm = join(folder, 'npm');
  await writeFile(npm, `#!/bin/sh\nexec "${process.execPath}" "${script}"\n`);
  await chmod(npm, 0o755);
  await writeFile(join(folder, 'npm.cmd'), `@"${process.execPath}" "${script}"\r\n`);
  return {
    path: `${folder}${delimiter}${process.env.PATH ?? ''}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
