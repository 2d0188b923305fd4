/** An item of a table that others write too: what they store as NULL is absent to us. */
export function withoutNulls(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
