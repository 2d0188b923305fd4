/** What the operator did or met that ends the command: one line or several, no stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;
  /** What is said of it; no text in a line breaks out of it. */
  readonly lines: readonly string[];

  constructor(
    words: string | readonly string[],
    options: { exitCode?: number; cause?: unknown } = {},
  ) {
    const lines = typeof words === 'string' ? [words] : words;
    super(lines.join('\n'), { cause: options.cause });
    this.lines = lines;
    this.exitCode = options.exitCode ?? 1;
  }
}
