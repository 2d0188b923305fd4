import { cloudTest } from '@cloudnestle/test-kit/cloud-test';
import { expect } from 'vitest';
import { createCheckoutSlots } from './checkout-slots.ts';

const now = new Date('2025-11-23T09:00:00.000Z');
const paid = { txn_1: '2025-11-23T08:00:00.000Z' };

const test = cloudTest.extend('slots', ({ cloud }) => {
  const table = cloud.topology.tables.checkouts.name;
  return createCheckoutSlots({ dynamo: cloud.dynamo, table, now: () => now, leaseMs: 10_000 });
});

test('one of two claims gets an untouched slot, and may repeat itself', async ({ slots }) => {
  const [mine, other] = twoClaims('race#pro');
  expect(await slots.take(mine, { kind: 'untouched' })).toBe(true);
  expect(await slots.take(other, { kind: 'untouched' })).toBe(false);
  expect(await slots.take(mine, { kind: 'untouched' })).toBe(true);
  expect(await slots.find(mine.checkoutKey)).toMatchObject({
    merchantOrderId: mine.merchantOrderId,
    leaseUntil: '2025-11-23T09:00:10.000Z',
  });
});

test('a slot that remembers a paid order is vacant, not untouched', async ({ cloud, slots }) => {
  const [mine] = twoClaims('paid#pro');
  await cloud.put('checkouts', { checkoutKey: mine.checkoutKey, paid });
  expect(await slots.take(mine, { kind: 'untouched' })).toBe(false);
  expect(await slots.take(mine, { kind: 'vacant' })).toBe(true);
  expect((await slots.find(mine.checkoutKey))?.paid).toEqual(paid);
});

test('a slot moves on only from the order it was seen with', async ({ slots }) => {
  const [mine, other] = twoClaims('move#pro');
  await slots.take(other, { kind: 'untouched' });
  expect(await slots.take(mine, { kind: 'vacant' })).toBe(false);
  expect(await slots.take(mine, { kind: 'heldBy', merchantOrderId: 'MP-elsewhere' })).toBe(false);
  const held = { kind: 'heldBy', merchantOrderId: other.merchantOrderId } as const;
  expect(await slots.take(mine, held)).toBe(true);
});

test('a claim frees and releases its own slot only, and the paid orders stay', async ({
  cloud,
  slots,
}) => {
  const [mine, other] = twoClaims('free#pro');
  await cloud.put('checkouts', { checkoutKey: mine.checkoutKey, paid });
  await slots.take(mine, { kind: 'vacant' });
  expect(await slots.free(other)).toBe(false);
  expect(await slots.releaseLease(other)).toBe(false);
  expect((await slots.find(mine.checkoutKey))?.leaseUntil).toBe('2025-11-23T09:00:10.000Z');
  expect(await slots.releaseLease(mine)).toBe(true);
  expect((await slots.find(mine.checkoutKey))?.leaseUntil).toBe(now.toISOString());
  expect(await slots.free(mine)).toBe(true);
  expect(await slots.find(mine.checkoutKey)).toEqual({
    checkoutKey: mine.checkoutKey,
    paid,
    updatedAt: now.toISOString(),
  });
});

test('releasing or freeing what was never there makes no item', async ({ slots }) => {
  const [mine] = twoClaims('nothing#pro');
  expect(await slots.releaseLease(mine)).toBe(false);
  expect(await slots.free(mine)).toBe(false);
  expect(await slots.find(mine.checkoutKey)).toBeUndefined();
});

function twoClaims(checkoutKey: string) {
  const claim = (claimId: string) => ({
    checkoutKey,
    claimId,
    merchantOrderId: `MP-${claimId}`,
    transactionId: `txn_MP-${claimId}`,
  });
  return [claim('mine'), claim('other')] as const;
}
