import { PROGRAM } from './program-name.ts';

/** `./payments dlq show tiers --reason 'timeout *'`: a line that can be pasted into a shell and hands these words on as they are. */
export function commandLine(...words: string[]): string {
  return [PROGRAM, ...words.map(quoteForShell)].join(' ');
}

const PLAIN = /^[A-Za-z0-9_./:=@%+-]+$/;

/** One word as `sh` must see it. */
function quoteForShell(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
