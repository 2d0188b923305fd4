/** One AWS service in memory. Answers at once; the caller decides when, whether and to whom an answer is given. */
export interface AwsService {
  /**
   * Carries out one SDK command, named as the SDK's class is: `GetCommand`, `SendMessageCommand`. Answers what the SDK's
   * client answers, or throws the error that it throws. What it answers and what it was given stay the caller's own.
   */
  execute(commandName: string, input: unknown): unknown;
}

/** Time and chance, both the caller's. */
export interface World {
  /** Milliseconds since 1970. Never runs backwards. */
  now(): number;
  /**
   * Picks one of `count` (at least 2) ways in which AWS may behave: 0 to count - 1. 0 is always the kindest: the newest
   * version, the order of sending, no duplicate.
   */
  choose(count: number, choice: Choice): number;
}

/** What there is to choose. */
export type Choice =
  /** Which version an eventually consistent read sees, counted back from the newest. */
  | 'version-read'
  /** The same for an item in an index. */
  | 'version-in-index'
  /** Which of the waiting messages is handed out next. */
  | 'message-order'
  /** 1: this message is handed out once more, although it is in flight or was deleted. */
  | 'message-duplicate';

/** What every answer of an SDK client has beside the answer itself. */
export function metadata(httpStatusCode = 200) {
  return { httpStatusCode, requestId: 'simulated', attempts: 1, totalRetryDelay: 0 };
}

/** A command or parameter that AWS has and this model does not. Never an answer of AWS. */
export class NotModelledError extends Error {
  override readonly name = 'NotModelledError';
}
