import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { type PaidBackDay, sumMoney } from '../refunds/paid-back.ts';
import { type Mask, maskText } from '../words/mask.ts';
import { isLeftToDo } from './by-hand.ts';
import { describeReconciled } from './describe-reconciled.ts';
import type { RangeEntry } from './reconcile-range.ts';

export interface DaysReport {
  stage: string;
  from: string;
  to: string;
  repair: boolean;
  lines: readonly Line[];
  /** What went back on these days, of orders of any day. */
  paidBack: readonly PaidBackDay[];
}

/** The same as data, with its sums. */
export function describeReport(report: DaysReport) {
  const { lines, paidBack } = report;
  return {
    ...report,
    totals: countByStatus(lines),
    money: sumMoney(grossOf(lines), paidBack),
  };
}

/** What the orders of a range brought: every completed attempt took the amount. */
export function grossOf(lines: readonly Line[]): number {
  const paid = lines.filter(({ status }) => status === 'COMPLETED');
  return paid.reduce((sum, { amountInPaisa, timesPaid }) => sum + amountInPaisa * timesPaid, 0);
}

/** How many orders our books have in each state, and over how much. */
export function countByStatus(lines: readonly Line[]) {
  return [...Map.groupBy(lines, ({ status }) => status)].map(([status, group]) => ({
    status,
    orders: group.length,
    amountInPaisa: group.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0),
  }));
}

/** One order of a range, as every format prints it: ids, and the bank's reference as `mask` shows it. No email, no VPA. */
export interface Line {
  transactionId: string;
  createdAt: string;
  userId: string;
  amountInPaisa: number;
  /** How many attempts of it completed. */
  timesPaid: number;
  tier: string;
  /** Our books. */
  status: string;
  /** The gateway now; UNAVAILABLE where it could not be asked. */
  gatewayStatus: string;
  paymentMode: string;
  utr: string;
  settlementDate: string;
  discrepancies: Discrepancy[];
  /** The event that was put on the bus, if any. */
  published: string;
  /** What it needs an operator for. */
  attention: AttentionReason[];
  /** What it needed an operator for, and does not any more. */
  ended: AttentionReason[];
  /** Why the order could not be looked at. */
  problem: string;
  isLeftToDo: boolean;
}

export function toLine({ transactionId, outcome }: RangeEntry, mask: Mask): Line {
  const line = { transactionId, ...empty, isLeftToDo: isLeftToDo(outcome) };
  switch (outcome.kind) {
    case 'unknownOrder':
      return { ...line, problem: 'the row is gone' };
    case 'unreadableOrder':
    case 'failed':
      return { ...line, problem: maskText(outcome.reason) };
    case 'unavailable':
      return {
        ...line,
        ...factsOf(outcome, mask),
        gatewayStatus: 'UNAVAILABLE',
        problem: maskText(outcome.reason),
      };
    case 'reconciled': {
      const { gateway, published, marketplace } = describeReconciled(outcome);
      const { ended } = outcome;
      const { attention } = marketplace;
      return {
        ...line,
        ...factsOf(outcome, mask),
        gatewayStatus: gateway.status,
        published: published?.detailType ?? '',
        attention: attention.map(({ reason }) => reason).filter((each) => !ended.includes(each)),
        ended: [...outcome.ended],
      };
    }
  }
}

const empty = {
  createdAt: '',
  userId: '',
  amountInPaisa: 0,
  timesPaid: 0,
  tier: '',
  status: 'UNREADABLE',
  gatewayStatus: '',
  paymentMode: '',
  utr: '',
  settlementDate: '',
  discrepancies: [],
  published: '',
  attention: [],
  ended: [],
  problem: '',
};

type Known = Extract<RangeEntry['outcome'], { kind: 'reconciled' | 'unavailable' }>;

function factsOf({ order, discrepancies }: Known, mask: Mask) {
  const { row } = order;
  return {
    createdAt: row.createdAt,
    userId: row.userId,
    amountInPaisa: order.amountInPaisa,
    timesPaid: row.completedAttempts ?? 1,
    tier: order.plan.tier,
    status: row.status,
    paymentMode: row.payment_mode ?? '',
    utr: mask.reference(row.utr) ?? '',
    settlementDate: row.settlement_date ?? '',
    discrepancies,
  };
}
