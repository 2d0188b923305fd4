import type { EventsState } from './events-state.ts';
import type { LostEvent } from './lost-event.ts';

/** What EventBridge gets from its surroundings. */
export type EventsDependencies = {
  readonly accountId: string;
  readonly region: string;
  readonly state: EventsState;
  /** Called after every change of the state, before the change is answered. */
  readonly save: () => void;
  /** Puts a message into a queue; throws if the queue is missing or refuses it. */
  readonly send: (
    queueName: string,
    body: string,
    options?: { messageAttributes: Record<string, { DataType: 'String'; StringValue: string }> },
  ) => unknown;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** Told of every accepted event that reaches no queue. */
  readonly lose: (lost: LostEvent) => void;
};
