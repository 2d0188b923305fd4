import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalCloudStartError } from '../start-error.ts';

/**
 * Takes a data directory for this process and returns the way to give it back. The lock of a
 * process that is gone is taken over.
 *
 * Throws `LocalCloudStartError` with code DATA_DIR_IN_USE if a living process holds it: its
 * stores would otherwise be damaged, or end this process from within.
 */
export function lockDataDir(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'lock');
  const holder = readHolder(path);
  if (holder !== undefined && isAlive(holder)) {
    throw new LocalCloudStartError(
      'DATA_DIR_IN_USE',
      `${directory} is in use by process ${holder}; stop it, or remove ${path} if it is not a local cloud`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function readHolder(path: string): number | undefined {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(holder) && holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
