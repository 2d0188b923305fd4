import { createHash } from 'node:crypto';
import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';

/** Who publishes, and because of what. */
export interface Trigger {
  producer: string;
  /** A request id, message id or sweep id. */
  causationId: string;
  traceparent?: string | undefined;
  /** The gateway's event name, or `browser.return`, `sweep`, `manual`, `checkout`. */
  gatewayEvent: string;
}

/** The metadata of an event that tells of this fact, as this publisher says it. */
export function buildMetadata(
  trigger: Omit<Trigger, 'gatewayEvent'>,
  fact: Pick<EventMetadata, 'eventId' | 'schemaVersion' | 'correlationId' | 'occurredAt'>,
): EventMetadata {
  const { producer, causationId, traceparent } = trigger;
  return { ...fact, producer, causationId, ...(traceparent ? { traceparent } : {}) };
}

/** The id of a fact, from what makes it the same fact: whichever function publishes it, and however often. */
export function deriveEventId(parts: ReadonlyArray<string | number | undefined>): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  return `evt_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
