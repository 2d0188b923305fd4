import { useSyncExternalStore } from 'react';

const KEY = 'console.jobs';
const listeners = new Set<() => void>();
let ids: readonly string[] = read();

/** Jobs that this tab has started, until the operator has acknowledged their end. */
export function useTray(): readonly string[] {
  return useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    () => ids,
  );
}

export function addToTray(jobId: string): void {
  set([jobId, ...ids.filter((id) => id !== jobId)]);
}

export function acknowledge(jobId: string): void {
  set(ids.filter((id) => id !== jobId));
}

function set(next: readonly string[]): void {
  ids = next;
  sessionStorage.setItem(KEY, JSON.stringify(next));
  for (const each of listeners) each();
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
