import { type Attention, readAttention } from '@cloudnestle/payments/attention/attention';
import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Clock } from '@cloudnestle/payments/clock';
import type { Gateways } from '@cloudnestle/payments/gateway';
import type { ListAttention } from '../attention/list-attention.ts';
import { refundedInPaisa } from '../attention/money-steps.ts';
import { isRevoked, readRow } from '../row.ts';
import { findDispute, judgeOnRow, readHolds } from './order-money.ts';
import type { ListRefundsOf } from './refunds-of-order.ts';
import {
  type RequestDependencies,
  type Requester,
  type RequestResult,
  requestRefund,
} from './request-refund.ts';
import { findGateway } from './reserve-refund.ts';

export interface OwedDependencies {
  gateways: Gateways;
  now: Clock;
  /** The order's row as it stands now (consistent read). */
  findTransaction(transactionId: string): Promise<Row | undefined>;
  listRefundsOf: ListRefundsOf;
}

type Row = Record<string, unknown>;

/** What a buyer has paid twice, and is owed back. */
export interface Owed {
  transactionId: string;
  /** The order that the buyer keeps; the same one where its own attempts were paid twice. */
  keptId: string;
  /** Since when: the second payment. */
  since: string;
  /** All that is owed of this order, in paisa. */
  owedInPaisa: number;
  /** What one refund can give back now, in paisa; no more is asked for. Zero where there is an obstacle. */
  refundInPaisa: number;
  /** Why nothing can go back now, in words for an operator. */
  obstacle?: string;
  /** Why no machine may decide, though an operator may. */
  leftToOperator?: string;
  /** The refunds under way of both orders. */
  holds: readonly string[];
  /** One key for one wish: two that ask for this refund, or a repeat, are one. */
  idempotencyKey: string;
}

/** The orders that the index of orders in attention has as paid twice, the longest waiting first. */
export async function listChargedTwice(
  listAttention: ListAttention,
): Promise<{ transactionId: string; since: string }[]> {
  const found: { transactionId: string; since: string }[] = [];
  for await (const page of listAttention()) {
    for (const { transactionId, attention } of page) {
      const charged = attention.find(isChargedTwice);
      if (charged) found.push({ transactionId, since: charged.since });
    }
  }
  return found.toSorted((a, b) => (a.since < b.since ? -1 : 1));
}

/** What is owed of an order, by its row and the kept order's as they stand now; undefined where nothing is, any more. */
export async function readOwed(
  deps: OwedDependencies,
  transactionId: string,
): Promise<Owed | undefined> {
  const row = await deps.findTransaction(transactionId);
  const charged = row && readAttention(row).find(isChargedTwice);
  if (!charged) return undefined;
  const { duplicateOf, amount = 0, completedAttempts = 1 } = readRow(row);
  const kept = duplicateOf === undefined ? row : await deps.findTransaction(duplicateOf);
  const keptId = duplicateOf ?? transactionId;
  const refunds = await deps.listRefundsOf(transactionId);
  const ended = refunds.filter(({ state }) => state === 'FAILED' || state === 'REFUSED');
  const refunded = refundedInPaisa(row);
  const owedFor = duplicateOf === undefined ? completedAttempts - 1 : completedAttempts;
  const idempotencyKey = `duplicate-${refunded}-${ended.length}`;
  const verdict = judge(deps, { row, kept, keptId, isPair: duplicateOf !== undefined });
  const leftToOperator = ended.some(({ state }) => state === 'FAILED')
    ? 'a refund of it has failed before'
    : describeOtherNeeds(row, kept);
  return {
    transactionId,
    keptId,
    since: charged.since,
    owedInPaisa: Math.max(amount * owedFor - refunded, 0),
    refundInPaisa: verdict.refundInPaisa,
    ...(verdict.obstacle === undefined ? {} : { obstacle: verdict.obstacle }),
    ...(leftToOperator === undefined ? {} : { leftToOperator }),
    holds: [row, ...(kept && kept !== row ? [kept] : [])].flatMap((each) =>
      Object.keys(readHolds(each)),
    ),
    idempotencyKey,
  };
}

/** Asks for what is owed: exactly the amount that was looked at, with the reason DUPLICATE. */
export function refundOwed(
  deps: RequestDependencies,
  {
    transactionId,
    refundInPaisa,
    idempotencyKey,
  }: Pick<Owed, 'transactionId' | 'refundInPaisa' | 'idempotencyKey'>,
  options: { requester: Requester; trigger: Omit<Trigger, 'gatewayEvent'> },
): Promise<RequestResult> {
  const wish = { transactionId, amountInPaisa: refundInPaisa, reason: 'DUPLICATE' } as const;
  return requestRefund(deps, { ...wish, idempotencyKey }, options);
}

interface Pair {
  row: Row;
  kept: Row | undefined;
  keptId: string;
  /** Two orders, not one that was paid twice. */
  isPair: boolean;
}

function judge(
  { gateways, now }: OwedDependencies,
  { row, kept, keptId, isPair }: Pair,
): { refundInPaisa: number; obstacle?: string } {
  const stop = (obstacle: string) => ({ refundInPaisa: 0, obstacle });
  const gateway = findGateway(gateways, row);
  if (!gateway) return stop('the gateway that took the payment is not registered here');
  if (isRevoked(row)) return stop('access of this order was taken back: look at what it is owed');
  const moving = Object.keys(readHolds(row))[0];
  if (moving !== undefined) return stop(`refund ${moving} of it is under way`);
  const inTheWay = isPair ? judgeKept(kept, keptId) : undefined;
  if (inTheWay !== undefined) return stop(inTheWay);
  const wish = { refundId: 'what-is-owed', reason: 'DUPLICATE' } as const;
  const answer = judgeOnRow(row, wish, { gateway, now: now() });
  if (answer.kind === 'refused') return stop(answer.refusal.words);
  return { refundInPaisa: answer.amountInPaisa };
}

/** Why the order that the buyer is to keep does not stand: then this one may be what the buyer has. */
function judgeKept(kept: Row | undefined, keptId: string): string | undefined {
  if (!kept) return `the order that the buyer keeps, ${keptId}, is gone`;
  const { status, duplicateOf } = readRow(kept);
  if (status !== 'COMPLETED') return `the order that the buyer keeps, ${keptId}, is ${status}`;
  if (isRevoked(kept)) return `access of the order that the buyer keeps, ${keptId}, was taken back`;
  if (duplicateOf !== undefined) return `the other order, ${keptId}, is a duplicate itself`;
  const dispute = findDispute(kept);
  if (dispute !== undefined) {
    const said = dispute === 'OPEN' ? 'is open' : 'was lost';
    return `a dispute of the order that the buyer keeps, ${keptId}, ${said}`;
  }
  const moving = Object.keys(readHolds(kept))[0];
  if (moving !== undefined) return `refund ${moving} of the kept order ${keptId} is under way`;
  return refundedInPaisa(kept) > 0 ? `money of the kept order ${keptId} went back` : undefined;
}

function describeOtherNeeds(row: Row, kept: Row | undefined): string | undefined {
  const needs = [row, ...(kept && kept !== row ? [kept] : [])]
    .flatMap((each) => readAttention(each))
    .filter((each) => !isChargedTwice(each))
    .map(({ reason }) => reason);
  return needs.length === 0 ? undefined : `an operator is needed for ${needs.join(', ')}`;
}

function isChargedTwice({ reason }: Attention): boolean {
  return reason === 'CHARGED_TWICE';
}
