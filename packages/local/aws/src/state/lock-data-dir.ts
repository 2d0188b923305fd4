import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalCloudStartError } from '../start-error.ts';

/** The locks of this process: one found with its id but not in here is of an earlier life. */
const heldHere = new Set<string>();

/**
 * Takes a data directory for this process and returns the way to give it back. The lock of a
 * process that is gone is taken over.
 *
 * Throws `LocalCloudStartError` with code DATA_DIR_IN_USE if a living process holds it: two
 * clouds on the same stores would damage them; DATA_DIR_UNUSABLE if it cannot be made.
 */
export function lockDataDir(directory: string): () => void {
  // Tables and queues hold people's data: a new directory is its owner's alone.
  makeDirectory(directory);
  const path = resolve(join(directory, 'lock'));
  if (!tryLock(path)) {
    refuseLiving(directory, path);
    rmSync(path, { force: true });
    if (!tryLock(path)) refuseLiving(directory, path);
  }
  heldHere.add(path);
  return () => {
    heldHere.delete(path);
    rmSync(path, { force: true });
  };
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const message = `The data directory ${directory} cannot be used (${code}).`;
    throw new LocalCloudStartError('DATA_DIR_UNUSABLE', message, { cause });
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function refuseLiving(directory: string, path: string): void {
  const holder = Number(readFileSync(path, 'utf8'));
  const isLiving = holder === process.pid ? heldHere.has(path) : isAlive(holder);
  if (!isLiving) return;
  throw new LocalCloudStartError(
    'DATA_DIR_IN_USE',
    `${directory} is in use by process ${holder}; stop it, or remove ${path} if it is no local cloud`,
  );
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
