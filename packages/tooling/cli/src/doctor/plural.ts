/** `1 letter`, `2 letters`, `no letters`. */
export function plural(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
