import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { mergeEntitlement } from '@cloudnestle/runtime/access/merge-entitlement';
import { mergeTier } from '@cloudnestle/runtime/access/merge-tier';
import type { OrderNews } from '@cloudnestle/runtime/note-grant';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { planOf, sampleCatalogue } from '@cloudnestle/test-kit/samples';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import { expect, it } from 'vitest';
import { sizeOf } from './dynamo/size.ts';
import { createQuietAws } from './testing/create-quiet-aws.ts';

const { tiers } = sampleCatalogue;
const userId = '3f0c2b1e-8a4d-4f6b-9c7e-2d1a5b6c7d8e';
const recordKey = { pk: `user#${userId}`, sk: 'solution#aws-solution-finder' };
const MONTHS = 120;

/** A pass a month, ten years long. */
const orders = Array.from({ length: MONTHS }, (_, month): OrderNews => {
  const at = new Date(Date.UTC(2026, month, 5, 10)).toISOString();
  const transactionId = toTransactionId(`MP-${userId}-${Date.parse(at) / 1000}-a1b2c3`);
  return { transactionId, news: { plan: planOf('basic-monthly'), at } };
});
const now = new Date(Date.UTC(2036, 0, 6));

const merges = {
  users: {
    item: { userId, email: 'a.buyer@example.com' },
    key: { userId },
    merge: (item: Record<string, unknown>, order: OrderNews) =>
      mergeTier(item, order, { tiers, now }),
  },
  entitlements: {
    item: { ...recordKey, token: `tok_perm_${'0'.repeat(32)}` },
    key: recordKey,
    merge: (item: Record<string, unknown>, order: OrderNews) =>
      mergeEntitlement(item, order, { tiers, isByUserId: true, now }),
  },
} as const;

/** docs/benchmarks.md says these numbers: 4 KB are one unit of a consistent read, 1 KB is one of a write. */
it.each([
  ['users', 15_978],
  ['entitlements', 16_114],
] as const)('an item of %s with a pass a month for ten years has %i bytes', (table, bytes) => {
  const { item, key, merge } = merges[table];
  const Item = orders.reduce<Record<string, unknown>>(
    (current, order) => applyChange(current, merge(current, order)),
    item,
  );
  const { dynamo } = createQuietAws();
  const TableName = defaultTableNames[table];
  dynamo.execute('PutCommand', { TableName, Item });
  expect(sizeOf(dynamo.peek(TableName, { ...key }) ?? {})).toBe(bytes);
});
