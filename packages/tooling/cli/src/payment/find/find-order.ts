import { userIdSchema } from '@cloudnestle/contracts/ids';
import { printable } from '@cloudnestle/dev/terminal/printable';
import { isSameEmail } from '@cloudnestle/payments/email';
import { CliError } from '../../cli-error.ts';
import { readOrderId } from '../../read-order-id.ts';
import type { Sources } from '../story/connect-sources.ts';
import { type BuyersOrder, listOrders } from './list-orders.ts';

/**
 * The transaction id of the order that a person means: by its own id, by the merchant order id, or of a user or an
 * address the newest order that is paid, else the newest. Throws a `CliError` in words where there is none.
 */
export async function findOrder(sources: Sources, text: string): Promise<string> {
  const id = text.trim();
  if (id.includes('@')) return findByEmail(sources, id);
  const read = readOrderId(id);
  if ('transactionId' in read && (await sources.books.findTransaction(read.transactionId))) {
    return read.transactionId;
  }
  const userId = userIdSchema.safeParse(id).data;
  const found = userId && pick((await listOrders(sources.orderIndex, userId)).orders);
  if (found) return found;
  if (userId && (await sources.books.findUser(userId))) {
    throw new CliError(`The user ${userId} has no order on the stage ${sources.stage}.`);
  }
  throw new CliError(
    `"${printable(id)}" is neither an order nor a user with orders on the stage ${sources.stage}.`,
  );
}

async function findByEmail(sources: Sources, email: string): Promise<string> {
  const hits = await sources.findUsersByEmail(email);
  const users = await Promise.all(hits.map((userId) => sources.books.findUser(userId)));
  const theirs = users.filter((user) => user !== undefined && isSameEmail(user.email, email));
  if (theirs.length === 0) {
    throw new CliError('No user has this address. Try the user id or the order id.');
  }
  const userIds = theirs.flatMap((user) => (user ? [user.userId] : []));
  const lists = await Promise.all(userIds.map((userId) => listOrders(sources.orderIndex, userId)));
  const found = pick(lists.flatMap(({ orders }) => orders));
  if (found) return found;
  throw new CliError(
    `The user with this address (${printable(userIds.join(', '))}) has no order on the stage ${sources.stage}.`,
  );
}

function pick(orders: readonly BuyersOrder[]): string | undefined {
  const newestFirst = orders.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const paid = newestFirst.find(({ status }) => status === 'COMPLETED');
  return (paid ?? newestFirst[0])?.transactionId;
}
