import { buildGatewayEvent } from '@cloudnestle/payments/build-events';
import type { RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import type { Order } from '@cloudnestle/payments/order';
import fc from 'fast-check';
import { anyTime, anyTrigger } from './arbitrary-metadata.ts';

/** What the gateway knows of each order's refunds; two of them add up to the whole amount. */
const refunds = {
  full: { state: 'COMPLETED', amountInPaisa: 29_900 },
  larger: { state: 'COMPLETED', amountInPaisa: 19_900 },
  smaller: { state: 'COMPLETED', amountInPaisa: 10_000 },
  pending: { state: 'PENDING', amountInPaisa: 29_900 },
  failed: { state: 'FAILED', amountInPaisa: 29_900 },
} as const;
export type RefundName = keyof typeof refunds;
export const refundNames: readonly RefundName[] = [
  'full',
  'larger',
  'smaller',
  'pending',
  'failed',
];

const idOf = (name: RefundName, { row }: Order) => `${name}-${row.merchantOrderId}`;

/** The gateway's answers about every refund of `orders` that events speak of. */
export function refundAnswersFor(orders: readonly Order[]): Record<string, RefundStatusAnswer> {
  const answers = orders.flatMap((order) =>
    refundNames.map((name): [string, RefundStatusAnswer] => {
      const { state, amountInPaisa } = refunds[name];
      const { merchantOrderId } = order.row;
      const status = { state, gatewayState: state, amountInPaisa, merchantOrderId };
      return [idOf(name, order), { kind: 'found', ...status }];
    }),
  );
  return Object.fromEntries(answers);
}

/** Refunds that the gateway knows, with or without an order's id and be it another's, and forged ones that name an order. */
export function refundsOf(anyOrder: fc.Arbitrary<Order>, names: readonly RefundName[]) {
  const known = fc
    .tuple(fc.constantFrom(...names), anyOrder, fc.option(anyOrder))
    .map(([name, order, named]) => ({ id: idOf(name, order), named }));
  const forged = anyOrder.map((named) => ({ id: 'forged', named }));
  return fc
    .tuple(
      fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: forged, weight: 1 }),
      fc.constantFrom('COMPLETED', 'FAILED'),
      anyTime,
      anyTrigger,
    )
    .map(([{ id, named }, gatewayState, at, trigger]) => {
      const data = {
        kind: 'refund' as const,
        gatewayState,
        merchantRefundId: id,
        ...(named ? { merchantOrderId: named.row.merchantOrderId } : {}),
      };
      const { detailType, detail } = buildGatewayEvent(data, new Date(at), trigger);
      return { detailType, ...detail };
    });
}
