import { readRow } from './read-row.ts';

/** How an order ended. A checkout that its buyer only left or let run out is abandoned: no payment failed. */
export type Ending = 'paid' | 'failed' | 'abandoned';

/** Undefined while the order is open. */
export function readEnding(item: Record<string, unknown>): Ending | undefined {
  const { status, failureAttempted, failureReason } = readRow(item);
  if (status === 'COMPLETED') return 'paid';
  if (status !== 'FAILED') return undefined;
  return failureAttempted || failureReason === 'DECLINED' ? 'failed' : 'abandoned';
}
