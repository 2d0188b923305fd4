import type { Envelope } from './envelope.ts';

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
