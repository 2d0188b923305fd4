/** Writes a result to standard output: text as it is, anything else as JSON. */
export function print(result: unknown): void {
  const text = typeof result === 'string' ? result : JSON.stringify(result, undefined, 2);
  process.stdout.write(`${text.trimEnd()}\n`);
}
