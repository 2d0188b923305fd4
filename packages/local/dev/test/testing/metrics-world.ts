import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Order } from '@cloudnestle/payments/order';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import type { LocatedMetric } from '@cloudnestle/topology/metrics';
import type { FunctionName, SubscriberName } from '@cloudnestle/topology/types';
import { vi } from 'vitest';
import * as z from 'zod';
import { handlerBuilders } from '../../src/build-handlers.ts';

/** An address where nothing listens. */
export const UNREACHABLE = 'http://127.0.0.1:1';

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

const lineSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/**
 * Reads from this process's output what CloudWatch would make metrics of, until it is stopped. Nothing is printed
 * meanwhile.
 */
export function collectMetrics(): { found: LocatedMetric<unknown>[]; stop(): void } {
  const found: LocatedMetric<unknown>[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    found.push(...readMetrics(String(text)));
    return true;
  });
  return { found, stop: () => spy.mockRestore() };
}

function readMetrics(text: string): LocatedMetric<unknown>[] {
  if (!text.includes('"_aws"')) return [];
  const line = lineSchema.parse(JSON.parse(text));
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(names.map((each) => [each, line[each]])),
      })),
    ),
  );
}
