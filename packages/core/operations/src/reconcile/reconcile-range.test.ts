import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { oneGateway } from '@cloudnestle/payments/testing/one-gateway';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { type RangeDependencies, reconcileRange } from './reconcile-range.ts';

const notUsed = () => Promise.reject(new Error('not used'));
const range = { from: new Date(0), to: new Date(), days: [] };
const options = {
  trigger: { producer: 'cli', causationId: 'run-1', gatewayEvent: 'manual' },
  repair: true,
};
const rows = ['a', 'b', 'c'].map((id) =>
  sampleRow({ merchantOrderId: `MP-${id}`, transactionId: `txn_MP-${id}` }),
);

function buildDependencies(changes: Partial<RangeDependencies>): RangeDependencies {
  return {
    ...createFakePlatform(),
    catalogue: buildCatalogue({ solutionId: 'some-solution' }),
    gateways: oneGateway({ orderStatus: async () => ({ kind: 'notFound' }) }),
    publish: async () => ({ kind: 'published' }),
    findUser: notUsed,
    findRecord: notUsed,
    findTransaction: async (id) => rows.find(({ transactionId }) => transactionId === id),
    mergeTransaction: notUsed,
    listOrders: async function* () {
      yield rows;
    },
    callsPerSecond: 1000,
    sleep: async () => undefined,
    ...changes,
  };
}
const kindsOf = (entries: Awaited<ReturnType<typeof reconcileRange>>['entries']) =>
  entries.map(({ transactionId, outcome }) => `${transactionId} ${outcome.kind}`);

it('has an order that cannot be looked at among the others, with the reason', async () => {
  const deps = buildDependencies({
    findTransaction: async (id) => {
      if (id === 'txn_MP-b') throw new Error('table is gone');
      return rows.find(({ transactionId }) => transactionId === id);
    },
  });
  const { entries, brokenOff } = await reconcileRange(deps, range, options);
  expect(kindsOf(entries)).toEqual([
    'txn_MP-a reconciled',
    'txn_MP-b failed',
    'txn_MP-c reconciled',
  ]);
  expect(entries[1]?.outcome).toMatchObject({ reason: expect.stringContaining('table is gone') });
  expect(brokenOff).toBeUndefined();
});

it('reports what was done where the index fails in the middle', async () => {
  const deps = buildDependencies({
    listOrders: async function* () {
      yield rows.slice(0, 2);
      throw new Error('index is gone');
    },
  });
  const { entries, brokenOff } = await reconcileRange(deps, range, options);
  expect(kindsOf(entries)).toEqual(['txn_MP-a reconciled', 'txn_MP-b reconciled']);
  expect(brokenOff).toContain('index is gone');
});
