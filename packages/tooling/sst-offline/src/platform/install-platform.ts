import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { type Paths, sstPaths } from './paths.ts';
import { runWithLimit } from './run-with-limit.ts';
import { standInForNpm } from './stand-in-for-npm.ts';
import { withLock } from './with-lock.ts';

/** Some 320 MB to download where pnpm's store is empty; a broken proxy answers nothing for long. */
const LIMIT_MS = 900_000;

/**
 * Generates `.sst/platform` where it is missing or of another version: SST's components in source, and their types. Needs
 * npm's registry, or pnpm's store of an earlier time, and neither AWS nor Pulumi's engine. Resolves with whether there
 * was anything to do; rejects with what SST said, and with words about the registry.
 */
export async function installPlatform(root: string): Promise<{ isInstalled: boolean }> {
  if (isPlatformReady(root)) return { isInstalled: false };
  return withLock(join(root, '.sst', 'platform.lock'), async () => {
    if (isPlatformReady(root)) return { isInstalled: false };
    const registry = await startProviderRegistry(sstPaths(root));
    const said = await runInstall(root, registry.url).finally(registry.close);
    if (!isPlatformReady(root)) throw new Error(`${trouble}\n${said}`);
    return { isInstalled: true };
  });
}

const trouble =
  'SST’s platform could not be generated. Is npm’s registry reachable? It is needed once; afterwards nothing is.';

async function runInstall(root: string, registry: string): Promise<string> {
  const command = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'sst.CMD' : 'sst',
  );
  const npm = await standInForNpm();
  const { code, text } = await runWithLimit(command, ['install', '--print-logs'], {
    cwd: root,
    env: { ...process.env, ...environment, PATH: npm.path, NPM_REGISTRY: registry },
    limitMs: LIMIT_MS,
  }).finally(npm.remove);
  if (code === 0) return text;
  const end = code === undefined ? ` It was given up after ${LIMIT_MS / 1000} s.` : '';
  throw new Error(`${trouble}${end}\n${text}`);
}

const environment = {
  // Not the engine: it is a download from GitHub, and nothing here runs it.
  SST_SKIP_DEPENDENCY_CHECK: '1',
  SST_NO_BUN: '1',
  SST_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  SST_STAGE: 'offline',
};

const manifestSchema = z.object({ version: z.string() });

/** What an install that was cut off would be missing. */
const lastFiles = ['config.d.ts', 'node_modules/@pulumi/aws/package.json'];

/** Whether SST's platform is there, whole, and of the version that the project has installed. */
function isPlatformReady(root: string): boolean {
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

const providersSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

/**
 * Answers what SST asks npm's registry before it installs: which version of a provider there is. It is the one that SST's
 * own platform depends on, so npm's registry need not be asked, and the answer is the same tomorrow.
 */
async function startProviderRegistry(paths: Paths): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const answer = await describeProvider(paths, request.url ?? '').catch(() => undefined);
    response
      .writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

/** Of `/@pulumi/aws/latest`; undefined for what the platform does not depend on. */
async function describeProvider({ platform }: Paths, url: string) {
  const [, scope, provider] = decodeURIComponent(url).split('/');
  const name = `${scope}/${provider}`;
  const manifest = await readFile(join(platform, 'package.json'), 'utf8');
  const version = providersSchema.parse(JSON.parse(manifest)).dependencies[name];
  if (version === undefined) return undefined;
  return { name, version, pulumi: { resource: true, name: provider, version } };
}
