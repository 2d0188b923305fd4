import { topology } from '@cloudnestle/topology/topology';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** A message that comes so often is given up, and not put off again. */
const LAST_ATTEMPT = 8;

/** What a subscriber says of a record is what becomes of its message. */
export function recordsEndAsSaid({ watch }: Simulation): Invariant {
  /** `messageId attempt` -> what was said of that delivery: SQS may hand a message to two invocations at once. */
  const said = new Map<string, { outcome: string; order: string; eventId: string }>();
  /** `dead-letter queue eventId` of every letter that a handler wrote. */
  const letters = new Set<string>();
  const invariant: Invariant = {
    name: 'recordsEndAsSaid',
    rule: 'a record that failed comes back, one that is given up is in the dead-letter queue, and none is tried for ever (rule 5)',
    logged: ({ message, fields }) => {
      const { messageId, attempt, outcome, transactionId, eventId, reason } = fields;
      if (message !== 'summary' || typeof messageId !== 'string') return;
      const order = String(transactionId);
      said.set(`${messageId} ${attempt}`, {
        outcome: String(outcome),
        order,
        eventId: String(eventId),
      });
      // One whose letter cannot be sent stays in its queue: SQS's own redrive is the net.
      const isNotSent = String(reason).startsWith('dead letter not sent');
      if (outcome === 'retry' && Number(attempt) >= LAST_ATTEMPT && !isNotSent) {
        watch.report(invariant, order, `put off at attempt ${attempt}`);
      }
    },
    messageSent: (queue, body) => {
      const eventId = /"eventId":"([^"]*)"/.exec(body)?.[1];
      letters.add(`${queue} ${eventId}`);
    },
    messageDone: (queue, delivery) => {
      const last = said.get(delivery);
      if (!last) return watch.report(invariant, delivery, `${queue}: done without a word`);
      const { outcome, order, eventId } = last;
      if (outcome === 'retry') watch.report(invariant, order, `${queue}: put off, and done with`);
      if (outcome === 'dead-lettered' && !letters.has(`${deadLetterQueueOf(queue)} ${eventId}`)) {
        watch.report(invariant, order, `${queue}: given up, and in no dead-letter queue`);
      }
    },
  };
  return invariant;
}

function deadLetterQueueOf(queue: string): string | undefined {
  return topology.subscriptions.find((each) => each.queue === queue)?.deadLetterQueue;
}
