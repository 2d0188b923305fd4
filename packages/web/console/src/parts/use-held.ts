import { useMemo, useRef, useState } from 'react';

/** Rows that stand still under the cursor. */
interface Held<Row> {
  rows: readonly Row[];
  /** How many have come since, and are not shown yet. */
  came: number;
  show(): void;
}

/**
 * Rows as they were first shown: what has changed in one is shown in its place, and what is new waits until the operator asks for
 * it. `scope`: what the rows are of; with another one everything is new.
 */
export function useHeld<Row>(
  latest: readonly Row[],
  keyOf: (row: Row) => string,
  scope: string,
): Held<Row> {
  const [shown, setShown] = useState(0);
  const held = useRef<{ scope: string; shown: number; keys: readonly string[] }>(undefined);
  return useMemo(() => {
    const isNew =
      held.current === undefined ||
      held.current.scope !== scope ||
      held.current.shown !== shown ||
      held.current.keys.length === 0;
    const result = holdRows(isNew ? undefined : held.current?.keys, latest, keyOf);
    held.current = { scope, shown, keys: result.keys };
    return { rows: result.rows, came: result.came, show: () => setShown((count) => count + 1) };
  }, [latest, keyOf, scope, shown]);
}

/**
 * Which rows to show: those of `keys` in their places, and behind them what comes after the last of them (a further page). What comes
 * before is counted. Without `keys`: all.
 */
export function holdRows<Row>(
  keys: readonly string[] | undefined,
  latest: readonly Row[],
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; keys: readonly string[]; came: number } {
  if (keys === undefined) return { rows: latest, keys: latest.map(keyOf), came: 0 };
  const known = new Set(keys);
  const byKey = new Map(latest.map((row) => [keyOf(row), row]));
  const last = latest.findLastIndex((row) => known.has(keyOf(row)));
  const kept = keys.flatMap((key) => byKey.get(key) ?? []);
  const after = latest.slice(last + 1).filter(() => last >= 0);
  const rows = [...kept, ...after];
  return { rows, keys: rows.map(keyOf), came: latest.length - rows.length };
}
