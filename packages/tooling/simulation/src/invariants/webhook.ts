import { createHash } from 'node:crypto';
import * as z from 'zod';
import { webhookAuth } from '../gateway/credentials.ts';
import { readJson } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Answered, Invariant } from '../parts/watch.ts';

const orderEvent = z.object({
  event: z.string(),
  payload: z.object({ merchantOrderId: z.string().optional() }),
});

const { username, password } = webhookAuth;
const ourAuthorization = createHash('sha256').update(`${username}:${password}`).digest('hex');

/** What the webhook answers is what it did: 200 only for what is on the bus or known already, nothing for a forger. */
export function webhookAnswersForWhatItDid({ truth, watch }: Simulation): Invariant {
  /** Orders of which an outcome is on the bus, and those of which it is that they are paid. */
  const outcomes = new Set<string>();
  const completions = new Set<string>();
  const invariant: Invariant = {
    name: 'webhookAnswersForWhatItDid',
    rule: 'the webhook answers 200 only once the outcome is on the bus or was known, and believes no forger (rules 4 and 7)',
    eventAccepted: ({ type, data }) => {
      if (type === 'PaymentCompleted' || type === 'PaymentFailed') {
        outcomes.add(String(data.merchantOrderId));
      }
      if (type === 'PaymentCompleted') completions.add(String(data.merchantOrderId));
    },
    answered: (answer) => {
      if (answer.call.function === 'webhook') check(answer);
    },
  };
  /** Paid before the webhook came, so that the gateway has said so to the function that asked. */
  const wasPaid = (id: string, startedAtMs: number) => {
    const attempts = truth.atGateway(id)?.attempts ?? [];
    return attempts.some(({ state, at }) => state === 'COMPLETED' && at < startedAtMs);
  };
  const check = ({ call, result, startedAtMs }: Answered) => {
    const said = orderEvent.safeParse(readJson(call.body)).data;
    const id = said?.payload.merchantOrderId ?? 'webhook';
    const isOurs = call.headers?.authorization === ourAuthorization;
    if (!isOurs && result.statusCode < 400) {
      return watch.report(invariant, id, `a forged ${said?.event} was taken`);
    }
    if (isOurs && result.statusCode === 401) {
      return watch.report(invariant, id, `a true ${said?.event} was called forged`);
    }
    const { status } = truth.row(id) ?? {};
    // A webhook that says of a failed order that it failed needs no question, and is right.
    const saysPaid = said?.event.endsWith('order.completed') ?? false;
    const isKnown =
      saysPaid && wasPaid(id, startedAtMs)
        ? completions.has(id) || status === 'COMPLETED'
        : outcomes.has(id) || status !== 'PENDING';
    if (result.body.result === 'published' && !outcomes.has(id)) {
      watch.report(invariant, id, 'answered "published", and no outcome is on the bus');
    }
    if (result.body.result === 'duplicate' && !isKnown) {
      watch.report(invariant, id, 'answered "duplicate", and the outcome is not known');
    }
  };
  return invariant;
}
