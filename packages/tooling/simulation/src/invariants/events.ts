import { topology } from '@cloudnestle/topology/topology';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** Read by its text: millions of bodies are looked at. */
function read(body: string) {
  const find = (pattern: RegExp) => pattern.exec(body)?.[1] ?? '';
  return {
    type: find(/"detail-type":"([^"]*)"/),
    eventId: find(/"eventId":"([^"]*)"/),
    correlationId: find(/"correlationId":"([^"]*)"/),
  };
}

/** No event is lost: each subscriber was done with it, or it is in a queue, or in a dead-letter queue. */
export function noEventIsLost({ watch, aws, calm }: Simulation): Invariant {
  /** `queue eventId` -> the order, while no delivery has ended it. */
  const open = new Map<string, string>();
  const invariant: Invariant = {
    name: 'noEventIsLost',
    rule: 'no event is lost: delivered, in a queue, or in a dead-letter queue with a reason (rules 4 and 5)',
    eventAccepted: ({ queue, eventId, correlationId }) => {
      open.set(`${queue} ${eventId}`, correlationId);
    },
    messageDone: (queue, _delivery, body) => {
      open.delete(`${queue} ${read(body).eventId}`);
    },
    messageLost: (queue, { body }) => {
      const { eventId, correlationId } = read(body);
      // In episodes of months a letter that no replay helped gets too old: operators have seen it in time.
      if (calm && allDeadLetterQueues.has(queue)) {
        for (const key of open.keys()) if (key.endsWith(` ${eventId}`)) open.delete(key);
        return;
      }
      watch.report(invariant, correlationId, `${queue}: older than it is kept`);
    },
    discarded: (eventIds) => {
      for (const id of eventIds) {
        for (const key of open.keys()) if (key.endsWith(` ${id}`)) open.delete(key);
      }
    },
    atEnd: () => {
      const found = new Set<string>();
      for (const { queue, deadLetterQueue } of topology.subscriptions) {
        for (const name of [queue, deadLetterQueue, topology.deliveryDeadLetterQueue]) {
          for (const { body } of aws.sqs.messages(name))
            found.add(`${queue} ${read(body).eventId}`);
        }
      }
      for (const [key, order] of open) {
        if (!found.has(key)) watch.report(invariant, order, `lost: ${key}`);
      }
    },
  };
  return invariant;
}

/** Letters say why they are dead; what is true is never called hopeless. */
export function lettersSayWhy({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'lettersSayWhy',
    rule: 'a dead letter says why, and no event of ours is called hopeless (rule 5)',
    messageSent: (queue, body, { failureReason = '', failureKind = '', attempts }) => {
      if (!deadLetterQueues.has(queue)) return;
      const { correlationId, type } = read(body);
      if (failureReason === '' || failureKind === '') {
        watch.report(invariant, correlationId, `${queue}: ${type} without a reason`);
      } else if (failureKind === 'permanent' && !isMeant(failureReason)) {
        watch.report(invariant, correlationId, `${queue}: ${type}: ${failureReason}`);
      } else if (failureKind === 'exhausted' && Number(attempts) < 8) {
        watch.report(invariant, correlationId, `given up at attempt ${attempts}`);
      }
    },
  };
  return invariant;
}

const deadLetterQueues: ReadonlySet<string> = new Set(
  topology.subscriptions.map(({ deadLetterQueue }) => deadLetterQueue),
);

const allDeadLetterQueues = new Set([...deadLetterQueues, topology.deliveryDeadLetterQueue]);

/** Strangers' claims about orders that do not exist. */
function isMeant(reason: string): boolean {
  return /no order here for this|that names no order/.test(reason);
}
