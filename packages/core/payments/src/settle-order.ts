import { isDealtWith, isStandingFact, needsAttention } from './attention/attention.ts';
import type { CompletedEvent, FailedEvent, GatewayEvent, Trigger } from './build-events.ts';
import {
  type JudgeDependencies,
  type Judgement,
  type JudgeOptions,
  judgeOrder,
} from './judge-order.ts';
import type { Order } from './order.ts';
import { isStrongerFailure } from './payment-state.ts';
import type { Publish } from './publish.ts';

/** What is true of an order now, after the gateway was asked and any new outcome stands on the bus. */
export type Settlement =
  | { kind: 'completed'; event: CompletedEvent; isPublished: boolean }
  | { kind: 'failed'; event: FailedEvent; isPublished: boolean }
  /** `isDealtWith`: an operator has ended this very finding, so it blocks nothing any more. */
  | { kind: 'mismatch'; event: GatewayEvent; isPublished: boolean; isDealtWith: boolean }
  | Extract<Judgement, { kind: 'pending' | 'notFound' | 'gatewayUnavailable' }>
  /** There is an outcome, and no subscriber has it: the caller must try again. */
  | { kind: 'publishFailed'; reason: string };

export interface SettleDependencies extends JudgeDependencies {
  publish: Publish;
}

export interface SettleOptions extends JudgeOptions {
  /**
   * Publishes an outcome although the row has it already: every subscriber asserts its part again. Never a failure of a
   * paid order.
   */
  republish?: boolean;
}

/**
 * Asks the gateway about an order and publishes the outcome unless the row says the same already: the one path by which
 * webhook, browser return, sweep and operators bring the truth in.
 */
export async function settleOrder(
  deps: SettleDependencies,
  order: Order,
  trigger: Trigger,
  options: SettleOptions,
): Promise<Settlement> {
  const judgement = await judgeOrder(deps, order, trigger, options);
  return publishJudgement(deps, order, judgement, options);
}

/** Publishes what was judged, where it is news or wanted again. */
export async function publishJudgement(
  deps: Pick<SettleDependencies, 'publish'>,
  order: Order,
  judgement: Judgement,
  { republish = false }: Pick<SettleOptions, 'republish'> = {},
): Promise<Settlement> {
  switch (judgement.kind) {
    case 'pending':
    case 'notFound':
    case 'gatewayUnavailable':
      return judgement;
    case 'completed':
      return publishIf(deps, republish || isCompletionNews(order, judgement.event), judgement);
    case 'failed':
      return publishIf(deps, isFailureNews(order, judgement.event, republish), judgement);
    case 'mismatch': {
      const { metadata } = judgement.event.detail;
      const fact = {
        reason: 'MISMATCH',
        id: metadata.eventId,
        at: metadata.occurredAt,
      } as const;
      const isOver = isDealtWith(order.row, fact);
      const isKnown = isOver || isStandingFact(order.row, fact.reason, fact.id);
      return publishIf(deps, republish || !isKnown, { ...judgement, isDealtWith: isOver });
    }
  }
}

type Answered = Extract<Settlement, { event: unknown }>;

async function publishIf<S extends Omit<Answered, 'isPublished'> & { event: Answered['event'] }>(
  deps: Pick<SettleDependencies, 'publish'>,
  isNews: boolean,
  settled: S,
): Promise<(S & { isPublished: boolean }) | Extract<Settlement, { kind: 'publishFailed' }>> {
  if (!isNews) return { ...settled, isPublished: false };
  const answer = await deps.publish(settled.event);
  if (answer.kind === 'failed') return { kind: 'publishFailed', reason: answer.reason };
  return { ...settled, isPublished: true };
}

/** A second attempt that completed is news of a paid order, too, and so is an answer that ends a doubt. */
function isCompletionNews({ row }: Order, { detail: { data } }: CompletedEvent): boolean {
  const isSecondPayment = (data.completedAttempts ?? 1) > (row.completedAttempts ?? 1);
  return row.status !== 'COMPLETED' || isSecondPayment || endsDoubt(row, data);
}

/** Money wins: a failure is no news of a completed order, whoever wants it again (rule 1). */
function isFailureNews(
  { row }: Order,
  { detail: { data } }: FailedEvent,
  republish: boolean,
): boolean {
  if (row.status === 'COMPLETED') return false;
  const isKnown = row.status === 'FAILED' && !isStrongerFailure(data.reason, row.failureReason);
  return republish || !isKnown || endsDoubt(row, data);
}

/**
 * Whether a doubt about the order ends with this outcome. Only an answer of the gateway ends a mismatch: an outcome that
 * cannot end what it finds would be news for ever, and the sweep would publish it every minute.
 */
function endsDoubt(
  row: Order['row'],
  { answeredAt }: { answeredAt?: string | undefined },
): boolean {
  if (needsAttention(row, 'NO_OUTCOME') || needsAttention(row, 'NOT_REACHED')) return true;
  return answeredAt !== undefined && needsAttention(row, 'MISMATCH');
}
