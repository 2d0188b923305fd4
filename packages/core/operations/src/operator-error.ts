/** What an operator asked for and cannot have, or stopped: one line of words or several, for a person to read. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly lines: readonly string[];
  /** The operator stopped it; what was held was given back. */
  readonly isInterrupted: boolean;

  constructor(words: string | readonly string[], options: { isInterrupted?: boolean } = {}) {
    const lines = typeof words === 'string' ? [words] : words;
    super(lines.join('\n'));
    this.lines = lines;
    this.isInterrupted = options.isInterrupted ?? false;
  }
}
