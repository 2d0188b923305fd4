/** What came of one invocation, as Lambda tells it. */
export type Invocation =
  | {
      kind: 'answered';
      result: unknown;
      startedAtMs: number;
      endedAtMs: number;
      /** The container was held up meanwhile, or its clock is off. */
      isHeldUp: boolean;
    }
  | { kind: 'threw'; error: unknown }
  | { kind: 'timedOut'; afterSeconds: number }
  /** The container died. */
  | { kind: 'crashed' }
  /** There is no room for another one: nothing ran. */
  | { kind: 'throttled' };

/** A function and its containers. */
export interface FunctionPool {
  /** Runs the function once; `done` is called exactly once, later. */
  invoke(event: unknown, done: (invocation: Invocation) => void): void;
}
