import { randomInt } from 'node:crypto';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { renderPdf } from '@cloudnestle/invoice-pdf/render';
import { sampleBuyers, sampleInvoice } from '@cloudnestle/invoice-pdf/testing/sample-documents';
import { buildHandler } from '@cloudnestle/invoices/subscriber/composition';
import { checkBooks, isFault } from '@cloudnestle/operations/invoices/check-books';
import { readBooks } from '@cloudnestle/operations/invoices/read-books';
import { istDay } from '@cloudnestle/payments/ist';
import type { Order } from '@cloudnestle/payments/order';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { findFunction } from '@cloudnestle/topology/functions';
import type { BenchmarkOptions, Findings } from './benchmark.ts';
import { quantile } from './statistics.ts';

const BATCH = 10;
/** One delivery in so many dies after it has taken its number, and one answer in so many is lost. */
const DIES_IN = 50;
const LOST_IN = 200;
const PAGES = 40;

/**
 * Documents per second of one series, over the three writes that each takes, while deliveries die and answers are lost; that all are
 * there, without a gap; and what a page takes.
 */
export async function measureInvoices({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const count = quick ? 200 : 2000;
  const cloud = await startTestCloud();
  try {
    const orders = await addPaidOrders(cloud, count);
    progress(0.2);
    const bareMs = await timeOf(() => writeBarely(cloud, count));
    progress(0.4);
    const issueMs = await timeOf(() => issueAll(cloud, orders));
    progress(0.9);
    const faults = await countFaults(cloud, orders);
    const pages = await measurePages();
    const perSecond = (ms: number) => (count / ms) * 1000;
    return {
      measures: [
        {
          what: `documents per second of one series, over the three writes that each takes`,
          unit: 'orders/s',
          measured: perSecond(issueMs),
          baseline: perSecond(bareMs),
        },
        { what: 'a page, median', unit: 'ms', measured: pages.ms, goal: { atMost: 150 } },
        { what: 'a page', unit: 'KB', measured: pages.kb, goal: { atMost: 60 } },
      ],
      notes: [
        `${count} payments in batches of ${BATCH}, ${findFunction('invoices').reservedConcurrency} functions at once, without pages; one delivery in ${DIES_IN} dies between number and document and comes again, one answer in ${LOST_IN} is lost; bare: the same three writes, as many at once, each order by itself. Books afterwards: ${count} numbers, ${faults} faults.`,
      ],
    };
  } finally {
    await cloud.stop();
  }
}

async function addPaidOrders(cloud: TestCloud, count: number): Promise<Order[]> {
  const completedAt = new Date().toISOString();
  const indexes = Array.from({ length: count }, (_, index) => index);
  return mapConcurrently(indexes, 20, async (index) => {
    const row = sampleRow({ userId: `payer-${index}`, status: 'COMPLETED', completedAt });
    await cloud.put('transactions', row);
    await cloud.put('checkouts', {
      checkoutKey: `${row.userId}#pro`,
      paid: { [row.transactionId]: completedAt },
    });
    return sampleOrder(row);
  });
}

/** Every payment is delivered until its function is done with it, as SQS does. */
async function issueAll(cloud: TestCloud, orders: readonly Order[]): Promise<void> {
  const environment = testEnvironment(cloud, 'invoices');
  const render = async ({ number }: { number: string }) => {
    if (randomInt(DIES_IN) === 0) throw new Error('killed');
    return { bytes: Buffer.from(number), sha256: number };
  };
  const functions = findFunction('invoices').reservedConcurrency ?? 1;
  cloud.cloud.intercept(({ service }) =>
    service === 'dynamodb' && randomInt(LOST_IN) === 0 ? { when: 'after', reset: true } : undefined,
  );
  const waiting = orders.map((order) =>
    buildRecord(sampleCompleted(order, order.row.completedAt ?? '')),
  );
  const work = async () => {
    const handler = buildHandler(environment, createFakePlatform(), { render });
    for (let batch = waiting.splice(0, BATCH); batch.length > 0; batch = waiting.splice(0, BATCH)) {
      const { batchItemFailures } = await invokeQueue(handler, batch);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      waiting.push(...batch.filter(({ messageId }) => failed.has(messageId)));
    }
  };
  await Promise.all(Array.from({ length: functions }, work));
  cloud.cloud.intercept(undefined);
}

/** What no way of numbering could do with less: thought of, number, document. */
async function writeBarely(cloud: TestCloud, count: number): Promise<void> {
  const dynamo = createDynamoClient();
  const TableName = cloud.topology.tables.invoices.name;
  const document = JSON.parse(JSON.stringify(sampleInvoice()));
  const once = { ConditionExpression: 'attribute_not_exists(pk)' };
  const indexes = Array.from({ length: count }, (_, index) => index);
  const functions = findFunction('invoices').reservedConcurrency ?? 1;
  await mapConcurrently(indexes, functions * BATCH, async (index) => {
    const Key = { pk: `bare#${index}`, sk: 'INVOICE#1' };
    await dynamo.send(new PutCommand({ TableName, Item: { ...Key, from: 0 }, ...once }));
    const Item = { pk: 'bare#series', sk: String(index).padStart(7, '0'), ...{ of: Key.pk } };
    await dynamo.send(new PutCommand({ TableName, Item, ...once }));
    await dynamo.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #document = :document',
        ConditionExpression: 'attribute_not_exists(#document)',
        ExpressionAttributeNames: { '#document': 'document' },
        ExpressionAttributeValues: { ':document': document },
      }),
    );
  });
}

/** Numbers 1 to the last, each with its document: what `payments invoices --check` finds. Throws where there are not as many. */
async function countFaults(cloud: TestCloud, orders: readonly Order[]): Promise<number> {
  const today = istDay(new Date());
  const { numbers, sequences } = await readBooks(
    { dynamo: createDynamoClient(), table: cloud.topology.tables.invoices.name },
    { from: today, to: today, seriesPrefix: '' },
  );
  if (numbers.length !== orders.length) {
    throw new Error(`${orders.length} orders have ${numbers.length} numbers`);
  }
  const rows = new Map(orders.map(({ row }) => [row.transactionId, { ...row }]));
  const isInvoiced = new Set(numbers.map(({ transactionId }) => transactionId));
  const findings = checkBooks(numbers, { sequences, rows, isInvoiced, now: new Date() });
  return findings.filter(isFault).length;
}

async function measurePages(): Promise<{ ms: number; kb: number }> {
  const document = sampleInvoice({ billing: sampleBuyers.company }, 'enterprise-yearly');
  // Fonts are read with the first one.
  await renderPdf(document);
  const times: number[] = [];
  let kb = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const startedAt = performance.now();
    const { bytes } = await renderPdf(document);
    times.push(performance.now() - startedAt);
    kb = bytes.byteLength / 1000;
  }
  return { ms: quantile(times, 0.5), kb };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
