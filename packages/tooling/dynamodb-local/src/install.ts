import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The npm package that carries Amazon's DynamoDB Local. Only its jar and libraries are taken, none of its dependencies. */
const PACKAGE = 'amplify-dynamodb-simulator';
const VERSION = '2.9.30';
const INTEGRITY =
  'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';

const cache = join(import.meta.dirname, '../../../../.cache/dynamodb-local');
const run = promisify(execFile);

/** Brings DynamoDB Local into the cache folder once (57 MB), and answers the folder that holds its jar. */
export async function installDynamoDbLocal(say: (line: string) => void): Promise<string> {
  const folder = join(cache, VERSION);
  if (existsSync(join(folder, 'DynamoDBLocal.jar'))) return folder;
  say(`Fetching ${PACKAGE}@${VERSION} into .cache (once, 57 MB).`);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'fetching-'));
  try {
    const tarball = await fetchTarball(work);
    await run('tar', ['-xzf', tarball, '-C', work, 'package/emulator']);
    // Whole or not at all: a second run may be doing the same.
    await rename(join(work, 'package', 'emulator'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function fetchTarball(into: string): Promise<string> {
  const args = ['pack', `${PACKAGE}@${VERSION}`, '--silent', '--pack-destination', into];
  await run('npm', args, { shell: process.platform === 'win32' });
  const tarball = join(into, `${PACKAGE}-${VERSION}.tgz`);
  const digest = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64');
  if (`sha512-${digest}` !== INTEGRITY) {
    throw new Error(`${PACKAGE}@${VERSION} is not what it was: its digest is sha512-${digest}`);
  }
  return tarball;
}
