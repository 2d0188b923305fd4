import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Buyer, Simulation, Truth } from '../parts/simulation.ts';

export function createTruth(simulation: Simulation): Truth {
  const { aws, gateway, watch } = simulation;
  const buyers = new Map<string, Buyer>();
  const byUser = new Map<string, string[]>();
  const atGateway = (merchantOrderId: string) => gateway.engine.orders.get(merchantOrderId);
  watch.add({
    name: 'truth',
    rule: '',
    changed: ({ table, before, after }) => {
      if (table !== defaultTableNames.transactions || before || !after) return;
      const userId = String(after.userId);
      byUser.set(userId, [...(byUser.get(userId) ?? []), String(after.merchantOrderId)]);
    },
  });
  return {
    buyers,
    add: (buyer) => buyers.set(buyer.userId, buyer),
    ordersOf: (userId) => byUser.get(userId) ?? [],
    orders: function* orders() {
      for (const ids of byUser.values()) yield* ids;
    },
    row: (merchantOrderId) =>
      aws.dynamo.peek(defaultTableNames.transactions, {
        transactionId: toTransactionId(merchantOrderId),
      }),
    atGateway,
    isPaid: (merchantOrderId) => atGateway(merchantOrderId)?.state === 'COMPLETED',
    user: (userId) => aws.dynamo.peek(defaultTableNames.users, { userId }),
  };
}
