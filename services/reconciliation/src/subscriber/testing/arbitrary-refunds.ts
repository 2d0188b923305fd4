import type { Order } from '@cloudnestle/payments/order';
import {
  sampleRefunded,
  sampleRefundFailed,
  sampleRefundInDoubt,
} from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { anyTime } from './arbitrary-metadata.ts';

/** What became of each order's refunds; two of them add up to the whole amount. */
const amounts = { full: 29_900, larger: 19_900, smaller: 10_000, failed: 29_900 } as const;
export type RefundName = keyof typeof amounts;
export const refundNames: readonly RefundName[] = ['full', 'larger', 'smaller', 'failed'];

/** Refunds that are over, and doubts about them and about others. */
export function refundsOf(anyOrder: fc.Arbitrary<Order>, names: readonly RefundName[]) {
  const over = fc
    .tuple(fc.constantFrom(...names), anyOrder, anyTime)
    .map(([name, order, at]) => toEvent(name, order, at));
  const doubts = fc
    .tuple(fc.constantFrom(...names, 'forged' as const), anyOrder, anyTime)
    .map(([name, order, since]) => {
      const refundId = idOf(name, order);
      const { detailType, detail } = sampleRefundInDoubt(order, { refundId, since });
      return { detailType, ...detail };
    });
  return fc.oneof({ arbitrary: over, weight: 4 }, { arbitrary: doubts, weight: 1 });
}

const idOf = (name: string, { row }: Order) => `${name}-${row.merchantOrderId}`;

/** Where one was asked for is told alike by every telling of it. */
function toEvent(name: RefundName, order: Order, at: string) {
  const refundId = idOf(name, order);
  const about = { refundId, amountInPaisa: amounts[name] };
  if (name === 'failed') {
    const { detailType, detail } = sampleRefundFailed(order, { ...about, failedAt: at });
    return { detailType, ...detail };
  }
  const origin = name === 'smaller' ? 'OPERATOR' : 'GATEWAY';
  const { detailType, detail } = sampleRefunded(order, { ...about, origin, refundedAt: at });
  return { detailType, ...detail };
}
