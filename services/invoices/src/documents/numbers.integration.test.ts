import { randomInt } from 'node:crypto';
import { financialYearOf, formatNumber } from '@cloudnestle/payments/invoices/numbers';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import PQueue from 'p-queue';
import { expect } from 'vitest';
import { it, renderNothing } from '../testing/subject.ts';
import { createDocumentStore, type DocumentStore } from './document-store.ts';
import { createSeenNumbers } from './seen-numbers.ts';
import { type SettleDependencies, settleOrder } from './settle-order.ts';

class Killed extends Error {}

/** A delivery that may die before or after any of its calls, at the odds of 1 to `oneIn`. */
function mortal(store: DocumentStore, oneIn: number): DocumentStore {
  const dies = () => {
    if (randomInt(oneIn) === 0) throw new Killed('killed');
  };
  return new Proxy(store, {
    get: (target, name) => {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function') return call;
      return async (...inputs: unknown[]) => {
        dies();
        const answer: unknown = await Reflect.apply(call, target, inputs);
        dies();
        return answer;
      };
    },
  });
}

it('have no gap, are never given twice and never run back in time, whatever dies, races and loses answers', async ({
  cloud,
}) => {
  const ORDERS = 200;
  const REFUNDED = 40;
  const environment = testEnvironment(cloud, 'invoices');
  const table = environment.INVOICES_TABLE ?? '';
  const dynamo = createDynamoClient();
  const store = createDocumentStore({ dynamo, table, read: readOneByOne(dynamo) });
  // As three functions run side by side: each knows what it has seen itself.
  const memories = Array.from({ length: 3 }, () => createSeenNumbers(mortal(store, 25)));
  const platform = createFakePlatform();
  const orders = Array.from({ length: ORDERS }, (_, at) =>
    sampleOrder(
      sampleRow({
        userId: `racer-${at}`,
        status: 'COMPLETED',
        completedAt: '2025-11-23T09:04:00.000Z',
        ...(at < REFUNDED ? { refunds: { [`MR-${at}`]: 100_00 } } : {}),
      }),
    ),
  );
  const byId = new Map(orders.map((order) => [order.row.transactionId, order]));
  const newWorker = (): SettleDependencies => ({
    store: mortal(store, 25),
    numbers: memories[randomInt(3)] ?? expect.fail('no memory'),
    now: platform.now,
    metrics: platform.metrics,
    seller: JSON.parse(environment.SELLER ?? ''),
    seriesPrefix: 'R',
    staysOpen: false,
    render: renderNothing,
    inLine: (work) => work(),
    readOrder: async (id) => byId.get(id) ?? expect.fail(`no order ${id}`),
    listPaid: async ({ row }) => [{ transactionId: row.transactionId, completedAt: '2025' }],
    findProfile: async () => undefined,
  });
  // One answer in forty is lost, and the SDK then repeats the call.
  cloud.cloud.intercept((call) =>
    call.service === 'dynamodb' && randomInt(40) === 0 ? { when: 'after', reset: true } : undefined,
  );
  const deliver = async (transactionId: string): Promise<void> => {
    for (;;) {
      try {
        await settleOrder(newWorker(), transactionId, { mayBeRepeat: false, payment: 'told' });
        return;
      } catch (error) {
        // SQS brings it again.
        if (error instanceof Killed || error instanceof RetryLaterError) continue;
        throw error;
      }
    }
  };
  const deliveries = new PQueue({ concurrency: 4 });
  const twice = [...byId.keys(), ...byId.keys()].toSorted(() => randomInt(3) - 1);
  await deliveries.addAll(twice.map((id) => () => deliver(id)));
  cloud.cloud.intercept(undefined);

  for (const [series, kind, count] of [
    ['RINV', 'INVOICE', ORDERS],
    ['RCRN', 'CREDIT', REFUNDED],
  ] as const) {
    const name = `${series}${financialYearOf(platform.now())}`;
    const numbers = await store.numbersFrom(name, 1);
    expect(numbers.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: count }, (_, at) => at + 1),
    );
    expect(new Set(numbers.map(({ key }) => key.pk)).size).toBe(count);
    const times = numbers.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    for (const { key, sequence } of numbers) {
      expect(key.sk).toMatch(new RegExp(`^${kind}#`));
      const item = await store.find(key);
      expect(item?.document?.number).toBe(formatNumber(name, sequence));
      expect(item).not.toHaveProperty('openShard');
    }
  }
});
