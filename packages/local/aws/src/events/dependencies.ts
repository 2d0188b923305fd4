import type { EventsState } from './events-state.ts';

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

/** An event as EventBridge hands it to targets. */
export type Envelope = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds, as EventBridge writes it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Writes a time as EventBridge does, e.g. `2026-01-31T09:30:00Z`. */
export function formatEventTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** An accepted event that reaches no queue any more. AWS would drop it silently, or show it in one metric. */
export type LostEvent = {
  readonly eventId: string;
  readonly detailType: string;
  /** Where it was lost and why, without its contents. */
  readonly why: string;
};

/** Names an event that is lost. */
export function buildLostEvent(envelope: Envelope, why: string): LostEvent {
  return { eventId: envelope.id, detailType: envelope['detail-type'], why };
}

/** What stands on the terminal where no other place was named: a lost event must never go unseen. */
export function printLostEvent({ eventId, detailType, why }: LostEvent): void {
  process.stderr.write(`EVENT LOST: ${detailType} ${eventId}: ${why}\n`);
}
