import {
  type OrderRow,
  type SearchResponse,
  searchRequestSchema,
} from '@cloudnestle/contracts/admin/orders';
import { userIdSchema } from '@cloudnestle/contracts/ids';
import { listOrders } from '@cloudnestle/operations/find-order';
import { findByNumber } from '@cloudnestle/operations/invoices/find-documents';
import { readOrderId } from '@cloudnestle/operations/read-order-id';
import { maskAddress } from '@cloudnestle/operations/words/mask';
import { isSameEmail } from '@cloudnestle/payments/email';
import { createListByGatewayOrder } from '@cloudnestle/runtime/read-transaction';
import { type Answer, answerOk, readBody } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { toOrderRow } from './order-row.ts';

type FoundUser = SearchResponse['users'][number];

/** `POST search`: whatever an operator has of a payment, looked up by indexes alone, each kind of id side by side. */
export const answerSearch: Answer = async (call) => {
  const { text } = readBody(call, searchRequestSchema);
  const { desk } = call;
  const [userIds, orderIds] = await Promise.all([
    text.includes('@') ? findUsers(desk, text) : listUserIds(text),
    text.includes('@') ? [] : findOrderIds(desk, text),
  ]);
  const buyers = await Promise.all(userIds.map((userId) => readBuyer(desk, userId)));
  const ids = [...new Set([...orderIds, ...buyers.flatMap(({ orderIds: theirs }) => theirs)])];
  const orders = (await Promise.all(ids.map((id) => readOrderRow(desk, id)))).flat();
  return answerOk(call, {
    orders: orders.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
    users: buyers.flatMap(({ user }) => (user ? [user] : [])),
    isCut: buyers.some(({ isCut }) => isCut),
  } satisfies Omit<SearchResponse, 'success'>);
};

async function readOrderRow(desk: Desk, transactionId: string): Promise<OrderRow[]> {
  const row = await desk.sources.books.findTransaction(transactionId);
  return row ? toOrderRow(row) : [];
}

/** The users that have the address, in whatever spelling it is stored. */
async function findUsers({ sources }: Desk, email: string): Promise<string[]> {
  const hits = await sources.findUsersByEmail(email);
  const users = await Promise.all(hits.map((userId) => sources.books.findUser(userId)));
  return users.flatMap((user) => (user && isSameEmail(user.email, email) ? [user.userId] : []));
}

function listUserIds(text: string): string[] {
  return userIdSchema.safeParse(text).success ? [text] : [];
}

/** Orders that bear the id themselves, at the gateway, by one of their refunds or by one of their documents. */
async function findOrderIds(desk: Desk, text: string): Promise<string[]> {
  const { sources, stage, invoices } = desk;
  const own = readOrderId(text);
  const byGatewayOrder = createListByGatewayOrder(sources.orderIndex.dynamo, {
    table: stage.tables.transactions,
    index: stage.indexes.ordersByGatewayOrder,
  });
  const [atGateway, refund, document] = await Promise.all([
    byGatewayOrder(text),
    text.startsWith('MR-') ? sources.refunds.refunds.find(text) : undefined,
    findByNumber(invoices, text),
  ]);
  return [
    ...('transactionId' in own ? [own.transactionId] : []),
    ...atGateway,
    ...(refund ? [refund.transactionId] : []),
    ...(document ? [document.document.transactionId] : []),
  ];
}

async function readBuyer(
  { sources }: Desk,
  userId: string,
): Promise<{ user: FoundUser | undefined; orderIds: string[]; isCut: boolean }> {
  const [user, { orders, isCut }] = await Promise.all([
    sources.books.findUser(userId),
    listOrders(sources.orderIndex, userId),
  ]);
  const orderIds = orders.map(({ transactionId }) => transactionId);
  if (!user && orders.length === 0) return { user: undefined, orderIds, isCut };
  return {
    user: {
      userId,
      userEmail: user && maskAddress(user.email),
      tier: user?.subscriptionTier,
      orders: orders.length,
    },
    orderIds,
    isCut,
  };
}
