import type { Order, ReadOrder } from '@cloudnestle/payments/order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { type AskDependencies, askOnce, type Finding, type Origin } from './ask-once.ts';
import { ANSWER_WITHIN_MS } from './deadlines.ts';

/** Every way a return can end. */
export type ReturnOutcome =
  | { kind: 'unknownOrder' }
  /** The row does not fit its contract. */
  | { kind: 'unreadable'; reason: string }
  /** Our own table gave no answer. */
  | { kind: 'unavailable'; reason: string }
  | { kind: 'order'; order: Order; finding: Finding };

export type KnownReturn = Exclude<ReturnOutcome, { kind: 'unknownOrder' }>;

/**
 * Finds out what is true of the order that a browser came back from, in time whatever hangs. What is paid is answered
 * from the row. Otherwise the gateway is asked, also about an order that needs a person, and where that brings nothing,
 * for whatever reason, the row's own status is the answer: a truth that is not known yet is no error.
 */
export async function confirmReturn(
  deps: AskDependencies,
  transactionId: string,
  origin: Origin,
): Promise<ReturnOutcome> {
  const endsAtMs = deps.now().getTime() + timeLimitMs(ANSWER_WITHIN_MS);
  const found = await findInTime(deps, transactionId);
  if (found.kind !== 'order') return found;
  const { order } = found;
  const { status } = order.row;
  if (status === 'COMPLETED') return { kind: 'order', order, finding: { status } };
  const finding = await withTimeout(
    askOnce(deps, order, origin).catch((error) => ({ status, reason: describeError(error) })),
    Math.max(0, endsAtMs - deps.now().getTime()),
    () => ({ status, reason: tooLate }),
  );
  return { kind: 'order', order, finding };
}

type Found = ReadOrder | Extract<ReturnOutcome, { kind: 'unknownOrder' | 'unavailable' }>;

async function findInTime({ orders }: AskDependencies, transactionId: string): Promise<Found> {
  const read = async (): Promise<Found> =>
    (await orders.find(transactionId)) ?? { kind: 'unknownOrder' };
  return withTimeout(
    read().catch((error): Found => ({ kind: 'unavailable', reason: describeError(error) })),
    timeLimitMs(ANSWER_WITHIN_MS),
    (): Found => ({ kind: 'unavailable', reason: tooLate }),
  );
}

const tooLate = `no result within ${ANSWER_WITHIN_MS} ms`;
