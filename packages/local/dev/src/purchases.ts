import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentItemSchema } from '@cloudnestle/contracts/items/invoice';
import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import { readAccess } from '@cloudnestle/payments/access/fold';
import { readGrants } from '@cloudnestle/payments/access/grants';
import { findWindow } from '@cloudnestle/payments/access/windows';
import { type Catalogue, nameOf } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { makeInvoiceToken } from '@cloudnestle/payments/invoices/link-token';
import { readOrder } from '@cloudnestle/payments/order';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import type { PaymentView, StorefrontOptions } from './storefront/options.ts';

interface PurchasesReaderOptions {
  dynamo: DynamoDBDocumentClient;
  usersTable: string;
  transactionsTable: string;
  invoicesTable: string;
  ordersByUserIndex: string;
  /** What the links to invoices are made with. */
  readTokenSecret(): Promise<string>;
  catalogue: Catalogue;
  now: Clock;
}

/** A demo user's last orders are enough. */
const MOST = 20;

/** Reads what a buyer has bought from the tables, as the storefront shows it. The index may trail by a moment. */
export function createPurchasesReader(
  options: PurchasesReaderOptions,
): StorefrontOptions['readPurchases'] {
  const { dynamo, usersTable, transactionsTable, ordersByUserIndex, catalogue, now } = options;
  const read = createItemReader(dynamo);
  return async (userId) => {
    const [user, orders] = await Promise.all([
      read({ table: usersTable, key: { userId } }),
      dynamo.send(
        new QueryCommand({
          TableName: transactionsTable,
          IndexName: ordersByUserIndex,
          KeyConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': userId },
          ScanIndexForward: false,
          Limit: MOST,
        }),
      ),
    ]);
    const row = user && userItemSchema.parse(user);
    const grants = readGrants(row?.grants);
    const access = readAccess(
      { tier: row?.subscriptionTier, grants: row?.grants, baseTier: row?.baseTier },
      { tiers: catalogue.tiers, now: now() },
    );
    // An order whose page was never handed out is none of the buyer's.
    const payments = (orders.Items ?? [])
      .filter((item) => item.supersededBy === undefined)
      .flatMap((item) => describe(item, grants, catalogue));
    return {
      ...(access.until === undefined ? {} : { accessEndsAt: access.until }),
      payments: await Promise.all(payments.map((payment) => addInvoice(options, read, payment))),
    };
  };
}

/** The payment with the address of its invoice, once that is issued. */
async function addInvoice(
  { invoicesTable, readTokenSecret }: PurchasesReaderOptions,
  read: ReadItem,
  payment: PaymentView,
): Promise<PaymentView> {
  const { transactionId, status } = payment;
  if (status !== 'COMPLETED') return payment;
  const key = { pk: `order#${transactionId}`, sk: 'INVOICE#1' };
  const item = documentItemSchema.safeParse(await read({ table: invoicesTable, key })).data;
  if (item?.document === undefined) return payment;
  const token = makeInvoiceToken(transactionId, await readTokenSecret());
  return { ...payment, invoiceUrl: `/payments/invoices/${transactionId}?token=${token}` };
}

function describe(
  item: unknown,
  grants: ReturnType<typeof readGrants>,
  catalogue: Catalogue,
): PaymentView[] {
  const parsed = transactionItemSchema.safeParse(item);
  if (!parsed.success) return [];
  const row = parsed.data;
  const found = readOrder(row, catalogue);
  if (found.kind !== 'order') return [];
  const window = findWindow(grants, row.transactionId);
  const isPass = window !== undefined && window.until !== Number.POSITIVE_INFINITY;
  const refunds = Object.values(row.refunds ?? {});
  return [
    {
      transactionId: row.transactionId,
      plan: nameOf(found.order.plan),
      amountInPaisa: row.amount,
      status: row.status,
      createdAt: row.createdAt,
      ...(isPass ? { endsAt: new Date(window.until).toISOString() } : {}),
      isTakenBack: row.accessRevokedAt !== undefined,
      refundedInPaisa: refunds.reduce((sum, paisa) => sum + paisa, 0),
    },
  ];
}
