import type { Envelope } from '../envelope.ts';
import type { Target } from '../events-state.ts';

/** One event on its way from a rule to one of its targets. */
export type Delivery = {
  readonly envelope: Envelope;
  readonly busName: string;
  readonly ruleName: string;
  readonly target: Target;
};
