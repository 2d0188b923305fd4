import { join } from 'node:path';
import { lockDataDir } from './lock-data-dir.ts';
import { type KeptState, keepStateInFile, keepStateInMemory } from './state-file.ts';

/** Where a cloud keeps what it is given. */
export type Storage = KeptState & {
  /** The directory of one service's own store; undefined means in memory. */
  readonly pathOf: (service: string) => string | undefined;
  readonly close: () => void;
};

/** Opens a data directory for this process alone, or storage in memory without one. */
export function openStorage(dataDir: string | undefined): Storage {
  if (dataDir === undefined) {
    return { ...keepStateInMemory(), pathOf: () => undefined, close: () => {} };
  }
  const unlock = lockDataDir(dataDir);
  try {
    return {
      ...keepStateInFile(dataDir),
      pathOf: (service) => join(dataDir, service),
      close: unlock,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
