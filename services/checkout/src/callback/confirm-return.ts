import type { PaymentStatus } from '@cloudnestle/contracts/items/transaction';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import type { Order, ReadOrder } from '@cloudnestle/payments/order';
import {
  type SettleDependencies,
  type Settlement,
  settleOrder,
} from '@cloudnestle/payments/settle-order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { countSettlement, type Metrics } from '@cloudnestle/runtime/metrics';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { ReturnedOrders } from './returned-orders.ts';

/** The browser has its answer within 6 s, even if every dependency hangs; the rest is for the way back. */
export const ANSWER_WITHIN_MS = 5750;

/** The gateway's share of it, its token included. */
export const GATEWAY_TIMEOUT_MS = 2500;

const TOO_LATE = `no result within ${ANSWER_WITHIN_MS} ms`;

/** Every way a return can end. */
type ReturnOutcome =
  | { kind: 'unknownOrder' }
  /** The row does not fit its contract. */
  | { kind: 'unreadable'; reason: string }
  /** The transactions table gave no answer. */
  | { kind: 'unavailable'; reason: string }
  | { kind: 'order'; order: Order; finding: Finding };

export type KnownReturn = Exclude<ReturnOutcome, { kind: 'unknownOrder' }>;

/**
 * Finds out what is true of the order that a browser came back from, in time even if a dependency hangs. What is paid
 * is answered from the row. Otherwise the gateway is asked, also about an order that needs an operator, and where that
 * brings nothing, for any reason, the row's own status is the answer: an outcome that is not known yet is no error.
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
    () => ({ status, reason: TOO_LATE }),
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
    (): Found => ({ kind: 'unavailable', reason: TOO_LATE }),
  );
}

export interface AskDependencies extends SettleDependencies {
  metrics: Metrics;
  newId(): string;
  orders: ReturnedOrders;
}

/** The request that wants to know. */
interface Origin {
  requestId: string;
  traceparent: string | undefined;
}

/** What is true of an order now, and what the summary line says of how that was found. */
interface Finding extends Pick<SummaryFields, 'gatewayState' | 'eventId' | 'reason'> {
  status: PaymentStatus;
}

/**
 * Asks the gateway about an order and publishes a new outcome, unless another return has just asked: of any number of
 * returns at once one asks, the others answer from the row. Throws if the transactions table fails.
 */
async function askOnce(
  deps: AskDependencies,
  order: Order,
  { requestId, traceparent }: Origin,
): Promise<Finding> {
  const { transactionId, status } = order.row;
  if (!(await deps.orders.claimCheck(transactionId, deps.newId()))) return { status };
  const settlement = await settleOrder(
    deps,
    order,
    { producer: 'checkout', causationId: requestId, traceparent, gatewayEvent: 'browser.return' },
    { timeoutMs: GATEWAY_TIMEOUT_MS },
  );
  countSettlement(deps.metrics, settlement);
  return readSettlement(deps, order, settlement);
}

async function readSettlement(
  deps: AskDependencies,
  { row: { transactionId, status } }: Order,
  settlement: Settlement,
): Promise<Finding> {
  switch (settlement.kind) {
    case 'completed':
      return { status: 'COMPLETED', ...factsOf(settlement) };
    case 'failed':
      return { status: await failureOrMore(deps, transactionId), ...factsOf(settlement) };
    case 'pending':
      return { status, gatewayState: settlement.gatewayState };
    case 'notFound':
      return { status, gatewayState: 'NOT_FOUND' };
    case 'mismatch':
      return {
        status: 'PENDING',
        ...factsOf(settlement),
        reason: "the gateway's answer does not fit the order's row",
      };
    case 'gatewayUnavailable':
      return { status, reason: `the gateway: ${settlement.reason}` };
    case 'publishFailed':
      // The row will say it once the event stands on the bus; until then the page must not count on it.
      return { status: 'PENDING', reason: `the bus: ${settlement.reason}` };
  }
}

/** Money wins: what was paid while the gateway was being asked stays paid (rule 1). */
async function failureOrMore({ orders }: AskDependencies, id: string): Promise<PaymentStatus> {
  const now = await orders.find(id).catch(() => undefined);
  return now?.kind === 'order' && now.order.row.status === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
}

function factsOf({ event }: Extract<Settlement, { event: unknown }>) {
  const { metadata, data } = event.detail;
  return { eventId: metadata.eventId, gatewayState: data.gatewayState };
}
