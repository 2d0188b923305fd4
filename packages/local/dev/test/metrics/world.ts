import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Order } from '@cloudnestle/payments/order';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { buildRecord, invokeQueue } from '@cloudnestle/test-kit/invoke';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import type { FunctionName, SubscriberName } from '@cloudnestle/topology/types';
import { handlerBuilders } from '../../src/handlers.ts';

/** Where nobody listens. */
export const NOBODY = 'http://127.0.0.1:1';

let buyers = 0;

/** The functions as they are deployed, with buyers and orders for them. */
export function createWorld(cloud: TestCloud, gateway: RunningSandbox) {
  const environmentOf = (name: FunctionName, gatewayUrl = gateway.apiUrl) =>
    testEnvironment(cloud, name, { gatewayUrl });
  const addBuyer = async () => {
    buyers += 1;
    const userId = `counted-${buyers}`;
    const userEmail = `${userId}@buyers.example`;
    await cloud.put('users', { userId, email: userEmail });
    return { userId, userEmail };
  };
  const addOrder = async (changes: Partial<TransactionItem> = {}): Promise<Order> => {
    const buyer = changes.userId === undefined ? await addBuyer() : {};
    const row = sampleRow({ createdAt: new Date().toISOString(), ...buyer, ...changes });
    await cloud.put('transactions', row);
    return sampleOrder(row);
  };
  return {
    cloud,
    gateway,
    environmentOf,
    addBuyer,
    addOrder,
    /** An order that is paid at the gateway, for less than it costs. */
    addMismatch: async (): Promise<Order> => {
      const order = await addOrder({ nextCheckAt: '2025-01-01T00:00:00.000Z' });
      await placeOrder(gateway, order.row, { amountInPaisa: 100 });
      gateway.sandbox.finish(order.row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
      return order;
    },
    deliver: (name: SubscriberName, ...events: { detailType: string; detail: unknown }[]) =>
      invokeQueue(
        handlerBuilders[name](environmentOf(name)),
        events.map((event) => buildRecord(event)),
      ),
  };
}
export type World = ReturnType<typeof createWorld>;
