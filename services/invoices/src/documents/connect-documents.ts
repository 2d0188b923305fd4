import { billingProfileItemSchema } from '@cloudnestle/contracts/items/checkout';
import { sellerConfigSchema } from '@cloudnestle/contracts/seller';
import { renderPdf } from '@cloudnestle/invoice-pdf/render';
import { listPaidOrders, paidOrdersAt } from '@cloudnestle/operations/paid-orders';
import type { Buyer } from '@cloudnestle/operations/row';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { toBillingKey } from '@cloudnestle/payments/order-ids';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { createItemReader, readAhead } from '@cloudnestle/runtime/item-reader';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import PQueue from 'p-queue';
import * as z from 'zod';
import { createDocumentStore } from './document-store.ts';
import { createSeenNumbers } from './seen-numbers.ts';
import { invoiceKey, type SettleDependencies } from './settle-order.ts';

/** What a function that issues documents finds in its environment. */
export const documentEnvironmentShape = {
  TRANSACTIONS_TABLE: z.string().min(1),
  CHECKOUTS_TABLE: z.string().min(1),
  INVOICES_TABLE: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
  SELLER: jsonVariable(sellerConfigSchema),
};

/** What a run without pages to look at does otherwise. */
export interface DocumentOptions {
  render?: SettleDependencies['render'];
}

/** What issues documents, by how it reads. */
export interface DocumentConnection {
  /** One read after the other, as they are asked for. */
  anyOrder: SettleDependencies;
  /** Begins with all that the documents of this order will surely ask for, and that of the batch's others, in one call. */
  forOrder(order: { transactionId: string } & Buyer): SettleDependencies;
}

/** Everything that issuing takes, from a function's environment. */
export function connectDocuments(
  config: z.infer<z.ZodObject<typeof documentEnvironmentShape>>,
  platform: Platform,
  { render = renderPdf }: DocumentOptions = {},
): DocumentConnection {
  const { SELLER: seller, SOLUTION_ID: solutionId, INVOICES_TABLE: table } = config;
  const dynamo = createDynamoClient({}, platform);
  const catalogue = buildCatalogue({ solutionId });
  const line = new PQueue({ concurrency: 1 });
  const reader = createItemReader(dynamo);
  const numbers = createSeenNumbers(createDocumentStore({ dynamo, table, read: reader }));
  const orderAt = (transactionId: string) => ({
    table: config.TRANSACTIONS_TABLE,
    key: { transactionId },
  });
  const readBy = (read: ReadItem): SettleDependencies => ({
    store: createDocumentStore({ dynamo, table, read }),
    numbers,
    now: platform.now,
    metrics: platform.metrics,
    seller,
    seriesPrefix: seller.seriesPrefix,
    staysOpen: false,
    render,
    inLine: (work) => line.add(work),
    readOrder: async (transactionId) => {
      const item = await read(orderAt(transactionId));
      if (!item) throw new PermanentError(`no transaction row ${transactionId}`);
      const found = readOrder(item, catalogue);
      if (found.kind === 'unreadable') throw new PermanentError(found.reason);
      return found.order;
    },
    listPaid: ({ row, plan }) =>
      listPaidOrders(read, config.CHECKOUTS_TABLE, { userId: row.userId, tier: plan.tier }),
    findProfile: async (userId) => {
      const checkoutKey = toBillingKey(userId);
      const item = await read({ table: config.CHECKOUTS_TABLE, key: { checkoutKey } });
      return billingProfileItemSchema.safeParse(item).data?.billing;
    },
  });
  return {
    anyOrder: readBy(reader),
    forOrder: ({ transactionId, userId, tier }) =>
      readBy(
        readAhead(reader, [
          orderAt(transactionId),
          paidOrdersAt(config.CHECKOUTS_TABLE, { userId, tier }),
          { table, key: { ...invoiceKey(transactionId, 1) } },
        ]),
      ),
  };
}
