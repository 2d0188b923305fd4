import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Paths, sstPaths } from './paths.ts';

const manifestSchema = z.object({ version: z.string() });

/** What an install that was cut off would be missing. */
const lastFiles = ['config.d.ts', 'node_modules/@pulumi/aws/package.json'];

/** Whether SST's platform is there, whole, and of the version that the project has installed. */
export function isPlatformReady(root: string): boolean {
  const { work, platform } = sstPaths(root);
  return (
    readVersion(platform) === findSstVersion(root) &&
    lastFiles.every((file) => existsSync(join(platform, file))) &&
    existsSync(join(work, 'provider-lock.json'))
  );
}

/** The version of the project's `sst`. Throws where it is not installed. */
function findSstVersion(root: string): string {
  const manifest = readFileSync(join(root, 'node_modules/sst/package.json'), 'utf8');
  return manifestSchema.parse(JSON.parse(manifest)).version;
}

function readVersion(platform: Paths['platform']): string | undefined {
  const file = join(platform, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
