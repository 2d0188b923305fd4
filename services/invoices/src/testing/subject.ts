import { createHash, randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Billing } from '@cloudnestle/contracts/billing';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { RenderedPdf } from '@cloudnestle/invoice-pdf/render';
import { findByNumber, findInvoice } from '@cloudnestle/operations/invoices/find-documents';
import { createPaidOrders } from '@cloudnestle/operations/paid-orders';
import type { Order } from '@cloudnestle/payments/order';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { cloudTest } from '@cloudnestle/test-kit/cloud-test';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import {
  sampleCompleted,
  sampleOrder,
  sampleRefunded,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../subscriber/composition.ts';
import { buildHandler as buildSweep } from '../sweep/composition.ts';

const PAID_AT = '2025-11-23T09:04:00.000Z';

/** Sets no page: its hash is the text's. For tests of numbers, which need thousands. */
export async function renderNothing(document: InvoiceDocument): Promise<RenderedPdf> {
  const bytes = Buffer.from(JSON.stringify(document));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The subscriber as it is deployed, on a test cloud, and what a test does with it. */
export function createSubject(cloud: TestCloud) {
  const platform = createFakePlatform({ now: new Date('2025-11-23T09:05:00.000Z') });
  const environment = testEnvironment(cloud, 'invoices');
  const dynamo = createDynamoClient();
  const invoices = { dynamo, table: environment.INVOICES_TABLE ?? '' };
  const paidOrders = createPaidOrders(dynamo, environment.CHECKOUTS_TABLE ?? '');
  const newHandler = (options = { render: renderNothing }) =>
    buildHandler(environment, platform, options);
  const handler = newHandler();
  /** A paid order as the books have it once reconciliation is through with it. */
  const addPaid = async (
    row: Partial<TransactionItem> = {},
    { isNoted = true }: { isNoted?: boolean } = {},
  ): Promise<Order> => {
    const userId = row.userId ?? `buyer-${randomUUID().slice(0, 13)}`;
    const item = sampleRow({ userId, status: 'COMPLETED', completedAt: PAID_AT, ...row });
    await cloud.put('transactions', item);
    const { plan, transactionId } = item;
    if (isNoted && plan?.period === 'ONE_TIME' && item.accessRevokedAt === undefined) {
      const order = { transactionId, completedAt: item.completedAt ?? PAID_AT };
      await paidOrders.remember({ userId, tier: plan.tier }, order);
    }
    return sampleOrder(item);
  };
  return {
    platform,
    newHandler,
    invoices,
    paidOrders,
    addPaid,
    /** The order's row with changes, as another part of the system writes it. */
    change: async ({ row }: Order, changes: Partial<TransactionItem>) => {
      const current = await cloud.get('transactions', { transactionId: row.transactionId });
      await cloud.put('transactions', { ...current, ...changes });
    },
    keepProfile: (userId: string, billing: Billing) =>
      cloud.put('checkouts', {
        checkoutKey: `#billing#${userId}`,
        billing,
        updatedAt: PAID_AT,
      }),
    completed: (order: Order) => sampleCompleted(order, order.row.completedAt ?? PAID_AT),
    refunded: sampleRefunded,
    /** One batch; answers how many records must come again. */
    deliver: async (...events: { detailType: string; detail: unknown }[]) => {
      const records = events.map((event) => buildRecord(event));
      return (await invokeQueue(handler, records)).batchItemFailures.length;
    },
    outcomes: () => platform.summaries().map((line) => line.outcome),
    invoiceOf: async ({ row }: Order) => (await findInvoice(invoices, row.transactionId))?.document,
    documentOf: async (number: string) => (await findByNumber(invoices, number))?.document,
    sweep: () =>
      buildSweep(testEnvironment(cloud, 'invoiceSweep'), platform, { render: renderNothing }),
    /** All items of the table. */
    items: async () => {
      const items: Record<string, unknown>[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const answer = await dynamo.send(
          new ScanCommand({
            TableName: invoices.table,
            ConsistentRead: true,
            ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
          }),
        );
        items.push(...(answer.Items ?? []));
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items;
    },
  };
}

export type Subject = ReturnType<typeof createSubject>;

/** A test with a subject of its own on the cloud of its file. */
export const it = cloudTest.extend('subject', ({ cloud }) => createSubject(cloud));
