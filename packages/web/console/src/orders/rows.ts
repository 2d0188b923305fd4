import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import type { Tone } from '../parts/basics.tsx';
import { toWords } from '../parts/format.ts';

/** An order's state as a tone and a word; a row that does not fit says so. */
export function describeStatus(
  order: Pick<OrderRow, 'status' | 'failureReason' | 'accessRevokedAt'> & {
    attention?: readonly unknown[];
  },
): { tone: Tone; word: string } {
  const { status, failureReason, accessRevokedAt } = order;
  if (status === 'COMPLETED') {
    return accessRevokedAt === undefined
      ? { tone: 'good', word: 'Paid' }
      : { tone: 'none', word: 'Paid, access ended' };
  }
  if (status === 'PENDING') return { tone: 'wait', word: 'Pending' };
  if (status === 'FAILED') {
    return {
      tone: 'none',
      word: failureReason === undefined ? 'Failed' : `Failed: ${toWords(failureReason)}`,
    };
  }
  return { tone: 'bad', word: toWords(status) };
}
