import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalCloudStartError } from '../start-error.ts';

/** What is held: a lock that nothing refers to would be collected, and with it closed. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data directory for this process and returns the way to give it back. The operating system holds the lock, as
 * SQLite asks it to, and lets go of it when the process is gone: there is none to take over.
 *
 * Throws `LocalCloudStartError` with code DATA_DIR_IN_USE if another cloud holds it: two clouds on the same stores would
 * damage them; DATA_DIR_UNUSABLE if it cannot be made.
 */
export function lockDataDir(directory: string): () => void {
  // Tables and queues hold people's data: a new directory is its owner's alone.
  makeDirectory(directory);
  const holder = join(directory, 'holder');
  const lock = tryLock(join(directory, 'lock.sqlite'));
  if (!lock) {
    const message = `${directory} is in use by process ${readHolder(holder)}; stop it first`;
    throw new LocalCloudStartError('DATA_DIR_IN_USE', message);
  }
  // Only for the message: what it says may be of an earlier life.
  writeFileSync(holder, String(process.pid));
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
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

/** What SQLite says where another holds the lock. */
const SQLITE_BUSY = 5;

/** Held until it is closed; undefined where another holds it. */
function tryLock(path: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)
      return undefined;
    throw error;
  }
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return 'unknown';
  }
}
