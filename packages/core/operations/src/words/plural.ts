/** `1 letter`, `2 letters`, `no letters`. */
export function plural(count: number, what: string): string {
  return count === 0 ? `no ${what}s` : countOf(count, what);
}

/** `1 attempt`, `2 attempts`, `0 attempts`. */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
