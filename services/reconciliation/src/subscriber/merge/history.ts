import { addToMap, isMap, readMap } from './add-to-map.ts';

/** One line of an order's history: the fact, what it was, and when it happened. */
export interface HistoryEntry {
  eventId: string;
  what: string;
  at: string;
}

/** An order's outcomes are few by nature; what a gateway may say of it besides is bounded here. */
const MOST_ENTRIES = 50;

/**
 * What must be written so that the history has this entry: nothing where the fact is there already. Outcomes always
 * find room; `isOptional` ones do not enter a full history.
 */
export function addToHistory(
  row: Record<string, unknown>,
  entry: HistoryEntry,
  options: { isOptional: boolean } = { isOptional: false },
): { maps: Record<string, unknown>; basedOn: string[] } {
  const isFull = Object.keys(readMap(row, 'history') ?? {}).length >= MOST_ENTRIES;
  if (options.isOptional && isFull) return { maps: {}, basedOn: [] };
  const line = { what: entry.what, at: entry.at };
  return addToMap(row, 'history', entry.eventId, line);
}

/** When a fact happened according to the row, or undefined where its history does not have it. */
export function recordedAt(row: Record<string, unknown>, eventId: string): string | undefined {
  const line = readMap(row, 'history')?.[eventId];
  return isMap(line) && typeof line.at === 'string' ? line.at : undefined;
}
