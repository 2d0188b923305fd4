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
  const key = toHistoryKey(entry.eventId);
  const line = { what: entry.what, at: entry.at };
  const { history } = row;
  if (!isMap(history)) return { maps: { history: { [key]: line } }, basedOn: ['history'] };
  const isFull = options.isOptional && Object.keys(history).length >= MOST_ENTRIES;
  if (history[key] !== undefined || isFull) return { maps: {}, basedOn: [] };
  // The path itself stands in the condition, as absent: a concurrent delivery of the same fact is not overwritten.
  return { maps: { [`history.${key}`]: line }, basedOn: ['history', `history.${key}`] };
}

/** When a fact happened according to the row, or undefined where its history does not have it. */
export function recordedAt(row: Record<string, unknown>, eventId: string): string | undefined {
  if (!isMap(row.history)) return undefined;
  const line = row.history[toHistoryKey(eventId)];
  return isMap(line) && typeof line.at === 'string' ? line.at : undefined;
}

/** A dot would read as a path. Our own event ids have none. */
export function toHistoryKey(eventId: string): string {
  return eventId.replaceAll('.', '_');
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
