import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';

/**
 * The idempotency key of the next refund of the order that is shown. Two tabs, and a dialog that was closed and opened again because
 * an answer was lost, show the same refunds: what they send is the same refund, or the server refuses the second.
 */
export function nameRefund({ refunds }: Pick<PaymentResponse, 'refunds'>): string | undefined {
  if ('unread' in refunds) return undefined;
  const last = refunds.at(-1)?.refundId.replaceAll(/[^A-Za-z0-9_-]/g, '-') ?? 'none';
  return `console-${refunds.length}-${last}`.slice(0, 128);
}
