import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { findDisputeInTheWay, readDisputes } from '@cloudnestle/payments/disputes';
import { PROGRAM } from '../words/program-name.ts';

/** What a reason means, and what the operator is to do about it. */
interface ReasonWords {
  /** A sentence without its full stop, after the order. */
  meaning: string;
  /** `repair`: the command mends it, or finds that it is over. `person`: it does not, and a word ends it. */
  mends: 'repair' | 'person';
}

/** Every reason for which an order needs an operator. */
export const reasonWords: Readonly<Record<AttentionReason, ReasonWords>> = {
  MISMATCH: {
    meaning: "the gateway's final answer does not fit our row; nothing was granted on it",
    mends: 'repair',
  },
  NO_OUTCOME: { meaning: 'no machine can find out how it ended', mends: 'repair' },
  EFFECTS_MISSING: {
    meaning: 'paid, published again, and the buyer still does not hold what was paid for',
    mends: 'repair',
  },
  NOT_REACHED: {
    meaning: 'its outcome was published again and again and never reached our row',
    mends: 'repair',
  },
  CHARGED_TWICE: {
    meaning: "the buyer's money was taken more than once; the rest is owed back",
    mends: 'person',
  },
  DISPUTE: { meaning: 'the buyer disputes the payment with their bank', mends: 'person' },
  PARTIAL_REFUND: {
    meaning: 'less than was paid went back; access was left as it is',
    mends: 'person',
  },
  REFUND_FAILED: {
    meaning: 'money is said to have gone back, and the gateway does not confirm it',
    mends: 'person',
  },
  UNKNOWN_TIER: {
    meaning: 'the buyer holds a tier that the catalogue does not know; it was left alone',
    mends: 'repair',
  },
};

/**
 * The one line to paste for an order that needs an operator; the words of a resolution are the operator's own. `seen`: the
 * row's attentionVersion that the operator looks at, so that nothing which came later is ended unseen. `mends`: what
 * helps, where that is known better than the reason alone tells.
 */
export function commandFor(
  reason: AttentionReason,
  transactionId: string,
  {
    seen,
    mends = reasonWords[reason].mends,
  }: { seen: unknown; mends?: ReasonWords['mends'] | 'access' },
): string {
  if (mends === 'repair') return `${PROGRAM} payment ${transactionId} --repair`;
  if (mends === 'access') {
    return `${PROGRAM} access end ${transactionId} --reason dispute-lost`;
  }
  const version = typeof seen === 'number' ? ` --seen ${seen}` : '';
  return `${PROGRAM} attention resolve ${transactionId} --reason ${reason}${version} --why "..."`;
}

/** Whether the bank took the money of a row's order and what it bought was left: the operator is offered to end it. */
export function holdsAfterLostDispute(row: Readonly<Record<string, unknown>>): boolean {
  return row.accessRevokedAt === undefined && findDisputeInTheWay(readDisputes(row)) === 'LOST';
}
