import { shell } from '../shell.ts';
import { toPrintableJson } from './printable.ts';

/** Writes a result to standard output: text as it is, anything else as JSON. */
export function print(result: unknown): void {
  const text = typeof result === 'string' ? result : toPrintableJson(result);
  shell().output.write(`${text.trimEnd()}\n`);
}
