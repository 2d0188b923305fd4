import type { Ids } from '../../support/create-ids.ts';

/** Where samples have their times and made-up ids from. */
export interface SamplePorts {
  now: () => Date;
  ids: Ids;
}

/** The last word of an event as PhonePe's states are spelled: `settlement.attempt.failed` is `FAILED`. */
export function stateOf(event: string): string {
  return event.slice(event.lastIndexOf('.') + 1).toUpperCase();
}
