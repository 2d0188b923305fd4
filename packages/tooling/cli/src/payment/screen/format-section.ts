import { printable } from '@cloudnestle/contracts/printable';
import wrapAnsi from 'wrap-ansi';

const WIDTH = 100;
const INDENT = '  ';
const NAMES = 17;
/** Longer than anything that is meant to be read. */
const LONGEST = 2000;

/** A name and what is to be said of it; undefined where there is nothing to say. */
export type Row = readonly [name: string, value: string | undefined];

/**
 * A title, and rows below it with their values in one column, within 100 columns where words allow it. What would steer
 * a terminal is shown instead.
 */
export function formatSection(title: string, rows: readonly Row[]): string {
  const shown = rows.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[toLine(name), toLine(value)]],
  );
  const width = Math.max(NAMES, ...shown.map(([name]) => name.length));
  const lines = shown.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrap(value, WIDTH - width - 2 * INDENT.length);
    return [
      `${INDENT}${name.padEnd(width)}${INDENT}${first}`.trimEnd(),
      ...rest.map((line) => `${INDENT}${' '.repeat(width)}${INDENT}${line}`),
    ];
  });
  return [title, ...lines].join('\n');
}

/** A title and sentences below it, each with a dash; safe for a terminal likewise. */
export function formatSentences(title: string, sentences: readonly string[]): string {
  const lines = sentences.flatMap((sentence) =>
    wrap(toLine(sentence), WIDTH - 4).map(
      (line, index) => `${index === 0 ? '  - ' : '    '}${line}`,
    ),
  );
  return [title, ...lines].join('\n');
}

function toLine(text: string): string {
  return printable(text, LONGEST);
}

/** Breaks between words; a word that is longer than a line has a line of its own. */
function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, width).split('\n');
}
