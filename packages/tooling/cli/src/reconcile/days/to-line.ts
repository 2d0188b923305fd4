import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { describeReconciled } from '@cloudnestle/reconciliation/operator/describe-reconciled';
import type { RangeEntry } from '@cloudnestle/reconciliation/operator/reconcile-range';
import { maskText } from '../../output/mask-text.ts';
import type { Mask } from '../../payment/view/mask.ts';
import { isLeftToDo } from '../is-left-to-do.ts';

/** One order of a range, as every format prints it: ids, and the bank's reference as `mask` shows it. No email, no VPA. */
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
  /** What it needs a person for. */
  attention: AttentionReason[];
  /** What it needed a person for, and does not any more. */
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
    tier: order.plan.tier,
    status: row.status,
    paymentMode: row.payment_mode ?? '',
    utr: mask.reference(row.utr) ?? '',
    settlementDate: row.settlement_date ?? '',
    discrepancies,
  };
}
