import { redact } from './redact.ts';

/** It may work later: a dependency is down, busy, or not there yet. */
export class RetryLaterError extends Error {
  override readonly name = 'RetryLaterError';
  /** Where the caller knows when it is worth another try; else the retry plan decides. */
  readonly retryInSeconds: number | undefined;

  constructor(reason: string, options: { retryInSeconds?: number; cause?: unknown } = {}) {
    super(reason, { cause: options.cause });
    this.retryInSeconds = options.retryInSeconds;
  }
}

/** It can never work: bad input, or data that contradicts it. An operator must look. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** One line for logs and dead letters, without personal data, for anything thrown. */
export function describeError(error: unknown): string {
  if (error instanceof RetryLaterError || error instanceof PermanentError) {
    const cause = error.cause === undefined ? '' : ` (${describeError(error.cause)})`;
    return redact(`${error.message}${cause}`).slice(0, 500);
  }
  if (error instanceof Error) return redact(`${error.name}: ${error.message}`).slice(0, 500);
  return 'something that is no Error was thrown';
}
