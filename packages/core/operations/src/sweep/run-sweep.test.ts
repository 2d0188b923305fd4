import { setImmediate as nextTick } from 'node:timers/promises';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { oneGateway } from '@cloudnestle/payments/testing/one-gateway';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { CONCURRENCY, type SweepDependencies } from './dependencies.ts';
import type { OpenOrders } from './open-orders.ts';
import { runSweep } from './run-sweep.ts';

const notUsed = () => Promise.reject(new Error('not used'));
const NOW = '2025-11-23T09:00:00.000Z';
const options = { runId: 'run-1', timeoutMs: 49_000, scope: 'due' as const };

/** A sweep over `count` due orders whose claims are answered by `claim`. */
function prepare(count: number, claim: OpenOrders['claim']) {
  const platform = createFakePlatform();
  platform.setNow(new Date(NOW));
  const deps: SweepDependencies = {
    ...platform,
    catalogue: buildCatalogue({ solutionId: 'some-solution' }),
    gateways: oneGateway({ orderStatus: async () => ({ kind: 'unreachable', reason: '503' }) }),
    publish: notUsed,
    findUser: notUsed,
    findRecord: notUsed,
    callsPerSecond: 1000,
    reminderDays: 3,
    listAttention: async function* () {},
    sleep: async () => undefined,
    openOrders: {
      list: async function* () {
        yield Array.from({ length: count }, (_, index) => {
          return { transactionId: `txn_MP-${index}`, nextCheckAt: NOW };
        });
      },
      claim,
      reschedule: notUsed,
      rescheduleWith: notUsed,
      close: notUsed,
      closeWith: notUsed,
      flag: notUsed,
      park: notUsed,
    },
  };
  return { platform, deps };
}

it('starts no order any more that could end after its time, though it has waited its turn since before', async () => {
  const done = Promise.withResolvers<undefined>();
  let started = 0;
  const { deps, platform } = prepare(30, () => {
    started += 1;
    return done.promise;
  });
  const running = runSweep(deps, options);
  while (started < CONCURRENCY) await nextTick();
  platform.setNow(new Date('2025-11-23T09:00:40.000Z'));
  done.resolve(undefined);
  expect(await running).toMatchObject({ due: 30, outcome: 'out of time' });
  expect(started).toBe(CONCURRENCY);
});

it('leaves the rest due where the gateway goes on answering nothing', async () => {
  const claim = async ({ transactionId }: { transactionId: string }) =>
    sampleRow({ transactionId, merchantOrderId: transactionId.slice('txn_'.length) });
  const { deps } = prepare(200, claim);
  const summary = await runSweep(deps, options);
  expect(summary).toMatchObject({ settled: 0, outcome: 'the gateway does not answer' });
  expect(summary.errors).toBeLessThan(100);
});
