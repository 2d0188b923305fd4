import type { SecretsState } from './secrets-state.ts';

/** What Secrets Manager gets from its surroundings. */
export type SecretsDependencies = {
  readonly accountId: string;
  readonly region: string;
  readonly state: SecretsState;
  /** Called after every change of the state, before the change is answered. */
  readonly save: () => void;
  readonly nowMs: () => number;
  readonly newId: () => string;
};
