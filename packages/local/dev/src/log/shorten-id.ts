const LONGEST = 16;
const LONGEST_END = 8;

/** Enough of an id to follow it through the lines: its end, `…abc123`, is what tells orders apart. */
export function shortenId(id: string): string {
  if (id.length <= LONGEST) return id;
  const end = id.slice(id.lastIndexOf('-') + 1);
  return `…${end.slice(-LONGEST_END)}`;
}
