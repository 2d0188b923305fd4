import {
  type AnsweredStatus,
  buildCompletedEvent,
  buildFailedEvent,
  buildGatewayEvent,
  type CompletedEvent,
  type FailedEvent,
  type GatewayEvent,
  type Trigger,
} from './build-events.ts';
import { addMs, type Clock } from './clock.ts';
import type { Gateways, OrderStatus } from './gateway.ts';
import type { Order } from './order.ts';

/** What the gateway says of an order, as the event that would say it. */
export type Judgement =
  | { kind: 'completed'; event: CompletedEvent }
  | { kind: 'failed'; event: FailedEvent }
  /** The gateway has no outcome yet. */
  | { kind: 'pending'; gatewayState: string }
  | { kind: 'notFound' }
  /** The gateway's final answer does not fit the order's row: nothing may be granted. */
  | { kind: 'mismatch'; event: GatewayEvent }
  /** The gateway gave no usable answer. */
  | { kind: 'gatewayUnavailable'; reason: string };

export interface JudgeDependencies {
  gateways: Gateways;
  now: Clock;
}

export interface JudgeOptions {
  timeoutMs: number;
  /** An order that the gateway does not know has failed once it cannot be paid any more: reason EXPIRED. */
  expireUnknown?: boolean;
}

/**
 * Asks the gateway about an order and judges the answer; publishes and writes nothing. Identity, amount and plan come
 * from the order's row; outcome and time from the gateway.
 */
export async function judgeOrder(
  deps: JudgeDependencies,
  order: Order,
  trigger: Trigger,
  { timeoutMs, expireUnknown = false }: JudgeOptions,
): Promise<Judgement> {
  const gateway = deps.gateways.of(order.row);
  const answer = await gateway.orderStatus(order.row.merchantOrderId, { timeoutMs });
  switch (answer.kind) {
    case 'notFound':
      return expireUnknown && deps.now() > order.expiresAt
        ? fail(deps, order, undefined, 'EXPIRED', trigger)
        : { kind: 'notFound' };
    case 'unreachable':
      return { kind: 'gatewayUnavailable', reason: answer.reason };
    case 'refused':
      return { kind: 'gatewayUnavailable', reason: `refused: ${answer.code}` };
    case 'found':
      return judgeStatus(deps, order, atMoment(answer, deps.now()), trigger);
  }
}

function judgeStatus(
  deps: JudgeDependencies,
  order: Order,
  status: AnsweredStatus,
  trigger: Trigger,
): Judgement {
  // While the gateway has no outcome, what does not fit yet may be a mistake in this stage's configuration.
  if (!isFinal(status, order, deps.now())) {
    return { kind: 'pending', gatewayState: status.gatewayState };
  }
  if (!fits(status, order)) {
    return { kind: 'mismatch', event: buildMismatchEvent(deps, order, status, trigger) };
  }
  if (status.state === 'COMPLETED') {
    const { name } = deps.gateways.of(order.row);
    const event = buildCompletedEvent(order, status, name, trigger);
    return { kind: 'completed', event };
  }
  const reason = status.state === 'FAILED' ? (status.failure ?? 'DECLINED') : 'EXPIRED';
  return fail(deps, order, status, reason, trigger);
}

/** "EXPIRED" is not among the documented final states: it counts only once this clock agrees. */
function isFinal({ state }: OrderStatus, { expiresAt }: Order, now: Date): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || (state === 'EXPIRED' && now > expiresAt);
}

/** An answer that names no currency is about the only one there is. */
function fits(status: OrderStatus, order: Order): boolean {
  return (
    status.isOurs &&
    status.amountInPaisa === order.amountInPaisa &&
    (status.currency ?? order.plan.currency) === order.plan.currency
  );
}

/** More than two clocks ever differ by. */
const CLOCKS_APART_MS = 10 * 60_000;

/** An attempt's time that is still to come is none: settlement and looks at the effects are planned by it. */
function atMoment(status: OrderStatus, now: Date): AnsweredStatus {
  const latest = addMs(now, CLOCKS_APART_MS).toISOString();
  const attempts = status.attempts.map(({ at, ...attempt }) =>
    at === undefined || at > latest ? attempt : { ...attempt, at },
  );
  return { ...status, attempts, answeredAt: now.toISOString() };
}

function fail(
  { gateways }: JudgeDependencies,
  order: Order,
  status: AnsweredStatus | undefined,
  reason: FailedEvent['detail']['data']['reason'],
  trigger: Trigger,
): Judgement {
  const { name } = gateways.of(order.row);
  return { kind: 'failed', event: buildFailedEvent(order, status, reason, name, trigger) };
}

function buildMismatchEvent(
  deps: JudgeDependencies,
  order: Order,
  status: OrderStatus,
  trigger: Trigger,
): GatewayEvent {
  const data = {
    kind: 'mismatch' as const,
    gateway: deps.gateways.of(order.row).name,
    gatewayState: status.gatewayState,
    merchantOrderId: order.row.merchantOrderId,
    ...(status.gatewayOrderId ? { gatewayOrderId: status.gatewayOrderId } : {}),
    amountInPaisa: status.amountInPaisa,
  };
  return buildGatewayEvent(data, deps.now(), trigger);
}
