/** What every write into the books brings with it. */
export function syncStamps(now: Date) {
  return { last_sync: now.toISOString(), updatedAt: now.toISOString() };
}
