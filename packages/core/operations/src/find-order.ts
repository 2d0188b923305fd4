import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { userIdSchema } from '@cloudnestle/contracts/ids';
import { printable } from '@cloudnestle/contracts/printable';
import { isSameEmail, listSpellings } from '@cloudnestle/payments/email';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { chunk } from './chunk.ts';
import type { connectOperations } from './connect-operations.ts';
import { OperatorError } from './operator-error.ts';
import { readOrderId } from './read-order-id.ts';

/**
 * The transaction id of the order that an operator means: by its own id, by the merchant order id, or of a user or an
 * address the newest order that is paid, else the newest. Throws an `OperatorError` in words where there is none.
 */
export async function findOrder(places: Places, text: string): Promise<string> {
  const id = text.trim();
  if (id.includes('@')) return findByEmail(places, id);
  const read = readOrderId(id);
  if ('transactionId' in read && (await places.books.findTransaction(read.transactionId))) {
    return read.transactionId;
  }
  const userId = userIdSchema.safeParse(id).data;
  const found = userId && pick((await listOrders(places.orderIndex, userId)).orders);
  if (found) return found;
  if (userId && (await places.books.findUser(userId))) {
    throw new OperatorError(`The user ${userId} has no order on the stage ${places.stage}.`);
  }
  throw new OperatorError(
    `"${printable(id)}" is neither an order nor a user with orders on the stage ${places.stage}.`,
  );
}

/** Where orders and their buyers are looked up. */
interface Places {
  stage: string;
  books: Pick<ReturnType<typeof connectOperations>, 'findTransaction' | 'findUser'>;
  orderIndex: OrderIndex;
  findUsersByEmail: FindUsersByEmail;
}

async function findByEmail(places: Places, email: string): Promise<string> {
  const hits = await places.findUsersByEmail(email);
  const users = await Promise.all(hits.map((userId) => places.books.findUser(userId)));
  const theirs = users.filter((user) => user !== undefined && isSameEmail(user.email, email));
  if (theirs.length === 0) {
    throw new OperatorError('No user has this address. Try the user id or the order id.');
  }
  const userIds = theirs.flatMap((user) => (user ? [user.userId] : []));
  const lists = await Promise.all(userIds.map((userId) => listOrders(places.orderIndex, userId)));
  const found = pick(lists.flatMap(({ orders }) => orders));
  if (found) return found;
  throw new OperatorError(
    `The user with this address (${printable(userIds.join(', '))}) has no order on the stage ${places.stage}.`,
  );
}

function pick(orders: readonly BuyersOrder[]): string | undefined {
  const newestFirst = orders.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const paid = newestFirst.find(({ status }) => status === 'COMPLETED');
  return (paid ?? newestFirst[0])?.transactionId;
}

const userHitsSchema = z.array(z.object({ userId: z.string() }));

/** Ids of the users that the index has under an address, in whatever spelling it may be stored. The index lags. */
export type FindUsersByEmail = (email: string) => Promise<string[]>;

export function createFindUsersByEmail(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}): FindUsersByEmail {
  const query = async (email: string): Promise<string[]> => {
    const { Items } = await deps.dynamo.send(
      new QueryCommand({
        TableName: deps.table,
        IndexName: deps.index,
        KeyConditionExpression: 'email = :email',
        ExpressionAttributeValues: { ':email': email },
      }),
    );
    return userHitsSchema.parse(Items ?? []).map(({ userId }) => userId);
  };
  return async (email) => {
    const found = await Promise.all(listSpellings(email).map(query));
    return [...new Set(found.flat())];
  };
}

/** An order as far as a list tells. */
interface BuyersOrder {
  transactionId: string;
  createdAt: string;
  status: string;
  amountInPaisa: number | undefined;
  duplicateOf: string | undefined;
  accessRevokedAt: string | undefined;
}

export interface BuyersOrders {
  /** The newest first. */
  orders: BuyersOrder[];
  /** There are older ones, which were not looked at. */
  isCut: boolean;
}

/** The index of orders by user. */
export interface OrderIndex {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}

/** More than any buyer has who does not try them out. */
const MOST_ORDERS = 50;
const READS_AT_ONCE = 10;

const orderHitsSchema = z.array(z.object({ transactionId: z.string() }));

/** A buyer's orders, found through the index, which lags, and each row then read as it stands now. */
export async function listOrders(deps: OrderIndex, userId: string): Promise<BuyersOrders> {
  const { Items, LastEvaluatedKey } = await deps.dynamo.send(
    new QueryCommand({
      TableName: deps.table,
      IndexName: deps.index,
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': userId },
      ScanIndexForward: false,
      Limit: MOST_ORDERS,
    }),
  );
  const orders: BuyersOrder[] = [];
  for (const hits of chunk(orderHitsSchema.parse(Items ?? []), READS_AT_ONCE)) {
    const rows = await Promise.all(
      hits.map(({ transactionId }) => readTransaction(deps.dynamo, deps.table, transactionId)),
    );
    orders.push(...rows.flatMap((row) => (row?.userId === userId ? [toOrder(row)] : [])));
  }
  return { orders, isCut: LastEvaluatedKey !== undefined };
}

const text = z.string().optional().catch(undefined);
const rowSchema = z.object({
  transactionId: z.string(),
  createdAt: z.string().catch(''),
  status: z.string().catch('UNREADABLE'),
  amount: z.number().optional().catch(undefined),
  duplicateOf: text,
  accessRevokedAt: text,
});

function toOrder(row: Record<string, unknown>): BuyersOrder {
  const { amount, duplicateOf, accessRevokedAt, ...rest } = rowSchema.parse(row);
  return { ...rest, amountInPaisa: amount, duplicateOf, accessRevokedAt };
}
