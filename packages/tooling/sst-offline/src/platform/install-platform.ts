import { join } from 'node:path';
import { isPlatformReady } from './is-ready.ts';
import { sstPaths } from './paths.ts';
import { runWithLimit } from './run-with-limit.ts';
import { startProviderRegistry } from './start-provider-registry.ts';
import { withLock } from './with-lock.ts';

/** Some 320 MB to download where npm's cache is empty. Behind a broken proxy npm itself would wait for ever. */
const LIMIT_MS = 900_000;

/**
 * Generates `.sst/platform` where it is missing or of another version: SST's components in source, and their types. Needs
 * npm's registry, or npm's cache of an earlier time, and neither AWS nor Pulumi's engine. Resolves with whether there
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
  const { code, text } = await runWithLimit(command, ['install', '--print-logs'], {
    cwd: root,
    env: { ...process.env, ...environment, NPM_REGISTRY: registry },
    limitMs: LIMIT_MS,
  });
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
  // Two packages would fetch Pulumi's plugins.
  npm_config_ignore_scripts: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
  // A registry that does not answer is said to be so within seconds: npm's own patience is per package.
  npm_config_fetch_retries: '1',
  npm_config_fetch_retry_mintimeout: '500',
  npm_config_fetch_retry_maxtimeout: '2000',
  npm_config_fetch_timeout: '30000',
};
