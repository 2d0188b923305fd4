import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmptyState, type CloudState, cloudStateSchema } from './cloud-state.ts';

/** The cloud's state and the way to keep it. */
export type KeptState = { readonly state: CloudState; readonly save: () => void };

/** State that ends with the process. */
export function keepStateInMemory(): KeptState {
  return { state: buildEmptyState(), save: () => {} };
}

/**
 * State in one JSON file of a directory. `save` replaces the file as a whole, so a crash leaves
 * the old state or the new. The file holds secrets: only its owner may read it.
 *
 * Throws when an existing file is not a state this version wrote.
 */
export function keepStateInFile(directory: string): KeptState {
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
