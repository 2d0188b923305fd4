/** `1,234` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 letter`, `1,234 letters` */
export function countLetters(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'letter' : 'letters'}`;
}

/** What somebody else keeps from us, as a sentence. */
export function describeHidden(count: number): string {
  const [are, they] = count === 1 ? ['is', 'it shows'] : ['are', 'they show'];
  return `${countLetters(count)} ${are} hidden at the moment (somebody looks at or moves ${count === 1 ? 'it' : 'them'}, or was killed doing so): ${they} up again within a minute or so.`;
}
