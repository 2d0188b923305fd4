const PLAIN = /^[A-Za-z0-9_./:=@%+-]+$/;

/** One word of a command as `sh` must see it to hand it on as it is. */
export function quoteForShell(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
