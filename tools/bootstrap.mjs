// Runs on any Node from 18 on, before anything is installed: plain JavaScript, no dependencies.
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.CMD` : name);
const marker = join(root, 'node_modules', '.modules.yaml');

const NODE_MAJOR = 24;
/** Loads what an operator's command, which runs in this very process, does not need. */
const require = createRequire(import.meta.url);

/** Installs what the lockfile names where it is missing or older than the lockfile. Says so only when it has to. */
export function installIfMissing() {
  if (
    existsSync(marker) &&
    statSync(marker).mtimeMs >= statSync(join(root, 'pnpm-lock.yaml')).mtimeMs
  ) {
    return;
  }
  if (process.platform === 'darwin' && ownMajor() < NODE_MAJOR) {
    fail(
      `on macOS Node ${NODE_MAJOR} must be there already (brew install node@${NODE_MAJOR}); this is ${process.version}`,
    );
  }
  console.error('Installing what is missing (once)...');
  // A developer sees the progress; a script's log stays short. Standard output belongs to the command that follows.
  const reporter = process.stderr.isTTY ? 'default' : 'silent';
  const { spawnSync } = require('node:child_process');
  const args = [
    '--yes',
    `pnpm@${pnpmVersion()}`,
    'install',
    '--frozen-lockfile',
    `--reporter=${reporter}`,
  ];
  const result = spawnSync(process.platform === 'win32' ? 'npx.cmd' : 'npx', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    fail(`installing failed (pnpm ended with ${result.status ?? result.signal})`);
}

/** The Node that runs the sources: the pinned one, else this one if it is new enough. */
export function nodePath() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', executable);
  if (existsSync(pinned)) return pinned;
  if (ownMajor() >= NODE_MAJOR) return process.execPath;
  return fail(`Node ${NODE_MAJOR} or newer is needed; this is ${process.version}`);
}

/** Whether this process runs on that Node already. */
export function isOwnNode(path) {
  return realpathSync(path) === realpathSync(process.execPath);
}

/** Runs a command to its end, hands signals on, and ends with its exit status, or as a shell says it of a signal: 128 + its number. */
export function runToEnd(command, args) {
  const { spawn } = require('node:child_process');
  const path = [join(root, 'node_modules', '.bin'), dirname(nodePath()), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  );
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

export { bin };

function pnpmVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.pnpm;
}

function ownMajor() {
  return Number(process.versions.node.split('.')[0]);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
