import { useSyncExternalStore } from 'react';
import { dayOf } from './format.ts';

// One timer for all that shows an age; it stands while nothing shows one.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = Date.now();
/** The server's clock less this browser's: ages are told by the clock that wrote the moments. */
let offsetMs = 0;

/** The moment now by the server's clock, again every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

/** The day in India now, `2026-11-28`, by the same clock. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, () => dayOf(new Date(nowMs)));
}

/** Tells what the server's clock says in an answer that has just come. */
export function setServerTime(iso: string): void {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return;
  offsetMs = at - Date.now();
  tick();
}

/** For what is asked once, outside of a render. */
export function readNow(): number {
  return Date.now() + offsetMs;
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  timer ??= setInterval(tick, 5000);
  return () => {
    listeners.delete(onChange);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = readNow();
  for (const each of listeners) each();
}
