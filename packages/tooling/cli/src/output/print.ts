import {
  escapeUnprintable,
  printableColours,
  printableLines,
  toPrintableJson,
} from '@cloudnestle/contracts/printable';
import { type Output, shell } from '../shell.ts';

/**
 * All that commands write to a terminal goes through this file, so that nothing that is stored, sent or answered steers
 * one: what a terminal would obey is shown instead. Text of others inside a line must be escaped where the line is built
 * only where it could pretend to be a line of its own: tables, sections and errors do that.
 */

/** Writes a result to standard output: text with its lines, anything else as JSON. */
export function print(result: unknown): void {
  const text = typeof result === 'string' ? printableLines(result) : toPrintableJson(result);
  shell().output.write(`${text.trimEnd()}\n`);
}

/** The same of text of our own that has colours and nothing stored in it. */
export function printColoured(text: string): void {
  shell().output.write(`${printableColours(text)}\n`);
}

/** Says something beside the results, on standard error. Each text is one line, whatever is in it. */
export function tell(...lines: readonly string[]): void {
  tellOn(shell().errors, ...lines);
}

/** The same on another stream, where a person is asked. */
export function tellOn(output: Pick<Output, 'write'>, ...lines: readonly string[]): void {
  output.write(lines.map((line) => `${escapeUnprintable(line)}\n`).join(''));
}

/** Where commander writes its help and its complaints, which repeat what was typed or pasted. */
export const commanderOutput = {
  writeOut: (text: string) => void shell().output.write(printableLines(text)),
  writeErr: (text: string) => void shell().errors.write(printableLines(text)),
  outputError: (text: string) => tell(...text.trimEnd().split(/\n(?=\(Did you mean )/)),
  getOutHelpWidth: () => shell().output.columns ?? 80,
  getErrHelpWidth: () => shell().errors.columns ?? 80,
};
