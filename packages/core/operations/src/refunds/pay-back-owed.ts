import { describeError } from '@cloudnestle/runtime/errors';
import { maskText } from '../words/mask.ts';
import { readOwed, refundOwed } from './owed.ts';

/** What became of one order of a bulk refund; words are masked. */
export type PaidBack =
  | { kind: 'asked'; refundId: string; amountInPaisa: number }
  | { kind: 'left'; why: string };

type Desk = Parameters<typeof readOwed>[0] & Parameters<typeof refundOwed>[0];

/**
 * Pays back what is owed of one order, as it is now: the operator may have looked at the list for a while. The same wish is
 * the same refund, however often it is asked for. Never rejects, so that the others are paid all the same.
 */
export async function payBackOwed(
  desk: Desk,
  transactionId: string,
  { by, trigger }: { by: string; trigger: Parameters<typeof refundOwed>[2]['trigger'] },
): Promise<PaidBack> {
  try {
    const owed = await readOwed(desk, transactionId);
    if (!owed) return { kind: 'left', why: 'nothing is owed any more' };
    if (owed.obstacle !== undefined) return { kind: 'left', why: maskText(owed.obstacle) };
    const requester = { by, origin: 'OPERATOR' } as const;
    const result = await refundOwed(desk, owed, { requester, trigger });
    if (result.kind !== 'refund') return { kind: 'left', why: result.kind };
    const { refundId, refusal } = result.refund;
    if (refusal) return { kind: 'left', why: maskText(refusal.words) };
    return { kind: 'asked', refundId, amountInPaisa: owed.refundInPaisa };
  } catch (error) {
    return { kind: 'left', why: maskText(describeError(error)) };
  }
}
