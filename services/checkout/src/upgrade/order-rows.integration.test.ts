import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCatalogue, sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrderRows, type OrderRows } from './order-rows.ts';

const page = {
  redirectUrl: 'https://pay.example/new',
  gatewayOrderId: 'OMO-new',
  expiresAt: '2025-11-23T09:31:00.000Z',
};

let cloud: TestCloud;
let rows: OrderRows;
beforeAll(async () => {
  cloud = await startTestCloud();
  rows = createOrderRows({
    dynamo: cloud.dynamo,
    table: cloud.topology.tables.transactions.name,
    catalogue: sampleCatalogue,
    now: () => new Date('2025-11-23T09:00:01.000Z'),
  });
});
afterAll(() => cloud.stop());

describe('a row is written once', () => {
  test('and its writer may repeat itself, without writing again', async () => {
    const row = newRow();
    expect(await rows.create(row)).toBe(true);
    await rows.storePage(row.transactionId, page);
    expect(await rows.create(row)).toBe(true);
    expect(await stored(row)).toMatchObject({ redirectUrl: page.redirectUrl });
  });

  test('and by no other call', async () => {
    const row = newRow();
    await rows.create(row);
    expect(await rows.create({ ...row, createdBy: 'another' })).toBe(false);
  });

  test('and a repeat neither succeeds nor lifts the fence that was set in between', async () => {
    const row = newRow();
    await rows.create(row);
    await rows.fence(row.transactionId, 'MP-newer');
    expect(await rows.create(row)).toBe(false);
    expect(await stored(row)).toMatchObject({ supersededBy: 'MP-newer' });
  });
});

describe('a page is stored', () => {
  test('with the gateway’s id and expiry, leaving the rest as it was', async () => {
    const row = newRow();
    await rows.create(row);
    expect(await rows.storePage(row.transactionId, page)).toBe(true);
    expect(await stored(row)).toEqual({
      ...row,
      redirectUrl: page.redirectUrl,
      phonepeOrderId: page.gatewayOrderId,
      expiresAt: page.expiresAt,
      updatedAt: '2025-11-23T09:00:01.000Z',
    });
  });

  test.each<[string, Partial<TransactionItem>]>([
    ['fenced', { supersededBy: 'MP-newer' }],
    ['FAILED meanwhile', { status: 'FAILED' }],
    ['COMPLETED meanwhile', { status: 'COMPLETED' }],
  ])('but not in a row that is %s', async (_name, change) => {
    const row = newRow(change);
    await rows.create(row);
    expect(await rows.storePage(row.transactionId, page)).toBe(false);
    expect(await stored(row)).toEqual(row);
  });

  test('and makes no row', async () => {
    expect(await rows.storePage('txn_nowhere', page)).toBe(false);
    expect(await rows.find('txn_nowhere')).toBeUndefined();
  });
});

describe('a fence is set', () => {
  test('on a row without a page, also twice', async () => {
    const row = newRow();
    await rows.create(row);
    expect(await rows.fence(row.transactionId, 'MP-newer')).toBe(true);
    expect(await rows.fence(row.transactionId, 'MP-newest')).toBe(true);
  });

  test('but not on one with a page, and makes no row', async () => {
    const row = newRow();
    await rows.create(row);
    await rows.storePage(row.transactionId, page);
    expect(await rows.fence(row.transactionId, 'MP-newer')).toBe(false);
    expect(await rows.fence('txn_nowhere', 'MP-newer')).toBe(false);
    expect(await rows.find('txn_nowhere')).toBeUndefined();
  });
});

function newRow(change: Partial<TransactionItem> = {}): TransactionItem {
  const { redirectUrl, phonepeOrderId, ...row } = sampleRow({ createdBy: 'mine', ...change });
  return row;
}

function stored({ transactionId }: TransactionItem) {
  return cloud.get('transactions', { transactionId });
}
