import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { billingProfileItemSchema } from '@cloudnestle/contracts/items/checkout';
import { sellerConfigSchema } from '@cloudnestle/contracts/seller';
import { renderPdf } from '@cloudnestle/invoice-pdf/render';
import { createPaidOrders } from '@cloudnestle/operations/paid-orders';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { toBillingKey } from '@cloudnestle/payments/order-ids';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import PQueue from 'p-queue';
import * as z from 'zod';
import { createDocumentStore } from './document-store.ts';
import type { SettleDependencies } from './settle-order.ts';

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

/** Everything that issuing takes, from a function's environment. */
export function connectDocuments(
  config: z.infer<z.ZodObject<typeof documentEnvironmentShape>>,
  platform: Platform,
  { render = renderPdf }: DocumentOptions = {},
): SettleDependencies {
  const { SELLER: seller, SOLUTION_ID: solutionId } = config;
  const dynamo = createDynamoClient({}, platform);
  const catalogue = buildCatalogue({ solutionId });
  const paidOrders = createPaidOrders(dynamo, config.CHECKOUTS_TABLE);
  const line = new PQueue({ concurrency: 1 });
  return {
    store: createDocumentStore({ dynamo, table: config.INVOICES_TABLE }),
    now: platform.now,
    metrics: platform.metrics,
    seller,
    seriesPrefix: seller.seriesPrefix,
    staysOpen: false,
    render,
    inLine: (work) => line.add(work),
    readOrder: async (transactionId) => {
      const item = await readTransaction(dynamo, config.TRANSACTIONS_TABLE, transactionId);
      if (!item) throw new PermanentError(`no transaction row ${transactionId}`);
      const read = readOrder(item, catalogue);
      if (read.kind === 'unreadable') throw new PermanentError(read.reason);
      return read.order;
    },
    listPaid: ({ row, plan }) => paidOrders.list({ userId: row.userId, tier: plan.tier }),
    findProfile: async (userId) => {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: config.CHECKOUTS_TABLE,
          Key: { checkoutKey: toBillingKey(userId) },
          ConsistentRead: true,
        }),
      );
      return billingProfileItemSchema.safeParse(Item).data?.billing;
    },
  };
}
