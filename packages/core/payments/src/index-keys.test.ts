import { expect, it } from 'vitest';
import { dayShardOf, openShardOf } from './index-keys.ts';

it('files an order under its day in India', () => {
  expect(dayShardOf('txn_a', new Date('2025-11-23T18:30:00Z'), 1)).toBe('2025-11-24#0');
  expect(dayShardOf('txn_a', new Date('2025-11-23T18:29:59Z'), 1)).toBe('2025-11-23#0');
});

it('spreads open orders over every shard and keeps each in its own', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `txn_${index}`);
  const shards = new Set(ids.map((id) => openShardOf(id, 4)));
  expect([...shards].sort()).toEqual(['OPEN#0', 'OPEN#1', 'OPEN#2', 'OPEN#3']);
  expect(openShardOf('txn_1', 4)).toBe(openShardOf('txn_1', 4));
  expect(openShardOf('txn_1', 1)).toBe('OPEN#0');
});
