import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import {
  attentionAttributes,
  raiseAttention,
  readAttention,
} from '@cloudnestle/payments/attention/attention';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createListAttention, type OrderInAttention } from './list-attention.ts';
import { resolveAttention } from './resolve-attention.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud.cloud.intercept(undefined));
afterAll(() => cloud.stop());

const table = () => cloud.topology.tables.transactions.name;
const merge = (
  transactionId: string,
  change: Parameters<typeof mergeItem>[2],
): ReturnType<typeof mergeItem> =>
  mergeItem({ dynamo: createDynamoClient(), table: table() }, { transactionId }, change);

const operator = () => ({ now: () => new Date(), mergeTransaction: merge });

async function addOrder(): Promise<string> {
  const row = sampleRow();
  await cloud.put('transactions', row);
  return row.transactionId;
}

function raise(transactionId: string, reason: AttentionReason, at: string, id: string) {
  return merge(transactionId, (row) => {
    const attributes = raiseAttention(row, { reason, at, id }, { shardCount: 1 });
    const set = Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined),
    );
    return { set, basedOn: attentionAttributes };
  });
}

async function listAll(pageSize?: number): Promise<OrderInAttention[][]> {
  const pages: OrderInAttention[][] = [];
  const list = createListAttention({
    dynamo: createDynamoClient(),
    table: table(),
    index: defaultIndexNames.ordersNeedingAttention,
    ...(pageSize ? { pageSize } : {}),
  });
  for await (const page of list()) pages.push(page);
  return pages;
}

const minute = (n: number) => new Date(Date.UTC(2025, 10, 23, 10, n)).toISOString();
const word = { reason: 'DISPUTE', by: 'asha', why: 'answered at the bank' } as const;

it('lists the orders that need a person, the longest waiting first, page by page', async () => {
  await addOrder();
  const later = await addOrder();
  const earlier = await addOrder();
  await raise(later, 'MISMATCH', minute(9), 'm');
  await raise(earlier, 'DISPUTE', minute(3), 'd');
  const pages = await listAll(1);
  const listed = pages.flat();
  expect(listed.map(({ transactionId }) => transactionId)).toEqual([earlier, later]);
  expect(pages.filter((page) => page.length > 0)).toHaveLength(2);
  expect(listed[0]?.attention).toEqual([{ reason: 'DISPUTE', since: minute(3) }]);
  for (const { transactionId } of listed) {
    await resolveAttention(operator(), transactionId, word);
    await resolveAttention(operator(), transactionId, { ...word, reason: 'MISMATCH' });
  }
  expect((await listAll()).flat()).toEqual([]);
});

it('loses none of several reasons that are raised and ended side by side', async () => {
  const transactionId = await addOrder();
  await raise(transactionId, 'NO_OUTCOME', minute(1), 'n');
  await Promise.all([
    raise(transactionId, 'MISMATCH', minute(2), 'm'),
    resolveAttention(operator(), transactionId, { ...word, reason: 'NO_OUTCOME' }),
    raise(transactionId, 'DISPUTE', minute(3), 'd'),
    raise(transactionId, 'REFUND_FAILED', minute(4), 'r'),
  ]);
  const row = (await cloud.get('transactions', { transactionId })) ?? {};
  expect(readAttention(row).map(({ reason }) => reason)).toEqual([
    'MISMATCH',
    'DISPUTE',
    'REFUND_FAILED',
  ]);
  expect(row.attentionSince).toBe(minute(2));
});

it('ends a reason by an operator’s word, although the answer to the write is lost', async () => {
  const transactionId = await addOrder();
  await raise(transactionId, 'DISPUTE', minute(1), 'd');
  let lost = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem' || lost > 0) return undefined;
    lost += 1;
    return { when: 'after', reset: true };
  });
  expect(await resolveAttention(operator(), transactionId, word)).toMatchObject({
    kind: 'resolved',
    isOurs: true,
  });
  expect(lost).toBe(1);
  await raise(transactionId, 'DISPUTE', minute(1), 'd');
  const row = (await cloud.get('transactions', { transactionId })) ?? {};
  expect(readAttention(row)).toEqual([]);
  expect(row).toMatchObject({
    attentionResolved: { DISPUTE: { by: 'asha', why: 'answered at the bank' } },
  });
});

it('ends nothing that came after the operator looked', async () => {
  const transactionId = await addOrder();
  await raise(transactionId, 'DISPUTE', minute(1), 'd1');
  const seen = Number((await cloud.get('transactions', { transactionId }))?.attentionVersion);
  await raise(transactionId, 'DISPUTE', minute(2), 'd2');
  expect(await resolveAttention(operator(), transactionId, { ...word, seen })).toEqual({
    kind: 'changed',
    version: seen + 1,
  });
  const row = (await cloud.get('transactions', { transactionId })) ?? {};
  expect(readAttention(row)).toHaveLength(1);
  expect(
    await resolveAttention(operator(), transactionId, { ...word, seen: seen + 1 }),
  ).toMatchObject({ kind: 'resolved', isOurs: true });
});

it('says so where there is nothing to end', async () => {
  const transactionId = await addOrder();
  expect(await resolveAttention(operator(), transactionId, word)).toEqual({ kind: 'notStanding' });
  expect(await resolveAttention(operator(), 'txn_MP-nobody-1-aaaaaa', word)).toEqual({
    kind: 'unknownOrder',
  });
});

it('answers the word that stands where an operator was faster', async () => {
  const transactionId = await addOrder();
  await raise(transactionId, 'DISPUTE', minute(1), 'd');
  await resolveAttention(operator(), transactionId, word);
  expect(
    await resolveAttention(operator(), transactionId, { ...word, by: 'ravi', why: 'me too' }),
  ).toMatchObject({ kind: 'resolved', isOurs: false, resolution: { by: 'asha' } });
});
