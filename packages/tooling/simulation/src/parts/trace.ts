import type { Container } from './container.ts';

/** A call as it is told. */
export interface TracedCall {
  dependency: string;
  operation: string;
  input: unknown;
}

/** What happens, step by step, as lines for people. Costs nothing where nobody listens. */
export interface Trace {
  /** Ask before building something to be told. */
  readonly isOn: boolean;
  call(container: Container, call: TracedCall, outcome: string): void;
  /** Anything else: `who` did or met `what`; `about` names whom and what it concerns. */
  tell(who: string, what: string, about?: string): void;
}
