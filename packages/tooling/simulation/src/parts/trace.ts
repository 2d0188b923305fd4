import type { Container } from './container.ts';

/** A call as it is told. */
export interface TracedCall {
  dependency: string;
  operation: string;
  input: unknown;
}

/** What happened, step by step, as lines for people. Costs nothing where nobody listens. */
export interface Trace {
  call(container: Container, call: TracedCall, outcome: string): void;
  /** Anything else that happens to somebody: `who` did or met `what`. */
  tell(who: string, what: string, facts?: Readonly<Record<string, unknown>>): void;
}
