import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { eventsStateSchema } from '../events/events-state.ts';
import { secretsStateSchema } from '../secrets/secrets-state.ts';
import { lockDataDir } from './lock-data-dir.ts';

/** Where a cloud keeps what it is given. */
type Storage = KeptState & {
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

/** The cloud's state and the way to keep it. */
type KeptState = { readonly state: CloudState; readonly save: () => void };

/** State that ends with the process. */
function keepStateInMemory(): KeptState {
  return { state: buildEmptyState(), save: () => {} };
}

/**
 * State in one JSON file of a directory. `save` replaces the file as a whole, so a crash leaves
 * the old state or the new. The file holds secrets: only its owner may read it.
 *
 * Throws when an existing file is not a state this version wrote.
 */
function keepStateInFile(directory: string): KeptState {
  const path = join(directory, 'cloud.json');
  const state = readState(path);
  const save = () => {
    const next = `${path}.next`;
    writeFileSync(next, JSON.stringify(state), { mode: 0o600 });
    renameSync(next, path);
  };
  return { state, save };
}

function readState(path: string): CloudState {
  const json = readIfExists(path);
  if (json === undefined) return buildEmptyState();
  try {
    return cloudStateSchema.parse(JSON.parse(json));
  } catch (cause) {
    throw new Error(`${path} is not a state of this local cloud; move it away to start afresh`, {
      cause,
    });
  }
}

function readIfExists(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What the cloud itself keeps; tables and queues have their own stores. */
const cloudStateSchema = z.strictObject({
  version: z.literal(1),
  events: eventsStateSchema,
  secrets: secretsStateSchema,
});

type CloudState = z.infer<typeof cloudStateSchema>;

/** The state of a cloud that has not been used yet. */
function buildEmptyState(): CloudState {
  return { version: 1, events: { buses: [] }, secrets: { secrets: [] } };
}
