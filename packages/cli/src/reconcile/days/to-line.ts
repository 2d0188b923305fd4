import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import { describeReconciled } from '@cloudnestle/reconciliation/by-hand/describe-reconciled';
import type { RangeEntry } from '@cloudnestle/reconciliation/by-hand/reconcile-range';
import { isLeftToDo } from '../is-left-to-do.ts';

/** One order of a range, as every format prints it. Ids and references only: nobody's email or VPA. */
export interface Line {
  transactionId: string;
  createdAt: string;
  userId: string;
  amountInPaisa: number;
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
  /** Why the order could not be looked at. */
  problem: string;
  isLeftToDo: boolean;
}

export function toLine({ transactionId, outcome }: RangeEntry): Line {
  const line = { transactionId, ...empty, isLeftToDo: isLeftToDo(outcome) };
  switch (outcome.kind) {
    case 'unknownOrder':
      return { ...line, problem: 'the row is gone' };
    case 'unreadableOrder':
    case 'failed':
      return { ...line, problem: outcome.reason };
    case 'unavailable':
      return {
        ...line,
        ...factsOf(outcome),
        gatewayStatus: 'UNAVAILABLE',
        problem: outcome.reason,
      };
    case 'reconciled': {
      const { gateway, published } = describeReconciled(outcome);
      return {
        ...line,
        ...factsOf(outcome),
        gatewayStatus: gateway.status,
        published: published?.detailType ?? '',
      };
    }
  }
}

const empty = {
  createdAt: '',
  userId: '',
  amountInPaisa: 0,
  tier: '',
  status: 'UNREADABLE',
  gatewayStatus: '',
  paymentMode: '',
  utr: '',
  settlementDate: '',
  discrepancies: [],
  published: '',
  problem: '',
};

type Known = Extract<RangeEntry['outcome'], { kind: 'reconciled' | 'unavailable' }>;

function factsOf({ order, discrepancies }: Known) {
  const { row } = order;
  return {
    createdAt: row.createdAt,
    userId: row.userId,
    amountInPaisa: order.amountInPaisa,
    tier: order.plan.tier,
    status: row.status,
    paymentMode: row.payment_mode ?? '',
    utr: row.utr ?? '',
    settlementDate: row.settlement_date ?? '',
    discrepancies,
  };
}
