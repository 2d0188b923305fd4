import { printable } from '@cloudnestle/dev/terminal/printable';
import { readNotification } from '@cloudnestle/notifications/ledger/mails';
import { compareHoldings, type Holdings } from '@cloudnestle/payments/access/holdings';
import { readAccessItems } from '@cloudnestle/payments/access/read-access-items';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import {
  findDiscrepancies,
  GATEWAY_TIMEOUT_MS,
} from '@cloudnestle/reconciliation/operator/examine-order';
import { CliError } from '../../cli-error.ts';
import { type BuyersOrders, listOrders } from '../find/list-orders.ts';
import { buildMailEvents } from './build-mail-events.ts';
import type { Sources } from './connect-sources.ts';
import { contentOf, readPart } from './part.ts';
import { readQueues } from './read-queues.ts';
import type { Story } from './story.ts';

export interface CollectOptions {
  signal: AbortSignal;
  /** What is known already and not asked again. */
  known?: Partial<Pick<Story, 'judgement' | 'queues' | 'others'>>;
  /** When the caller has published something about the order. */
  publishedAt?: Date | undefined;
}

/**
 * Looks at an order from all sides, side by side; what cannot be read is said in its place. Changes nothing. Throws a
 * `CliError` where the order's row is gone or cannot be understood: without it there is no story.
 */
export async function collectStory(
  sources: Sources,
  transactionId: string,
  { signal, known = {}, publishedAt }: CollectOptions,
): Promise<Story> {
  const order = await readRow(sources, transactionId);
  const { row } = order;
  const [judgement, access, mails, queues, others] = await Promise.all([
    known.judgement ?? askGateway(sources, order),
    readAccess(sources, order),
    readPart(() => readNotification(sources.ledger, transactionId)),
    known.queues ?? readQueues(sources.letters, transactionId, signal),
    known.others ?? readPart(() => listOthers(sources, order)),
  ]);
  return {
    stage: sources.stage,
    lookedAt: sources.books.now(),
    order,
    judgement,
    ...access,
    discrepancies: findDiscrepancies({ order, judgement, holdings: access.holdings }),
    mails,
    mailEvents: buildMailEvents(order, judgement, sources.trigger),
    queues,
    others,
    newsAt: latest(row.last_sync, publishedAt),
  };
}

async function readRow({ books, stage }: Sources, transactionId: string): Promise<Order> {
  const item = await books.findTransaction(transactionId);
  if (!item) throw new CliError(`There is no order ${transactionId} on the stage ${stage}.`);
  const read = readOrder(item, books.catalogue);
  if (read.kind === 'order') return read.order;
  throw new CliError(`${transactionId} cannot be read: ${printable(read.reason)}.`);
}

function askGateway({ books, trigger }: Sources, order: Order): Promise<Judgement> {
  return judgeOrder(books, order, trigger, { timeoutMs: GATEWAY_TIMEOUT_MS, expireUnknown: true });
}

async function readAccess(
  { books }: Sources,
  order: Order,
): Promise<Pick<Story, 'user' | 'records' | 'holdings'>> {
  const user = await readPart(() => books.findUser(order.row.userId));
  const findUser = async () => contentOf(user);
  const records = await readPart(
    async () => (await readAccessItems({ ...books, findUser }, order)).records,
  );
  let holdings: Holdings | undefined;
  if (order.row.status === 'COMPLETED' && user.kind === 'read' && records.kind === 'read') {
    const items = { user: user.value, records: records.value };
    holdings = compareHoldings(items, order.plan, books.catalogue.tiers);
  }
  return { user, records, holdings };
}

async function listOthers({ orderIndex }: Sources, { row }: Order): Promise<BuyersOrders> {
  const { orders, isCut } = await listOrders(orderIndex, row.userId);
  return { orders: orders.filter((each) => each.transactionId !== row.transactionId), isCut };
}

function latest(recorded: string | undefined, published: Date | undefined): Date | undefined {
  const recordedAt = new Date(recorded ?? Number.NaN);
  if (Number.isNaN(recordedAt.getTime())) return published;
  return published === undefined || recordedAt > published ? recordedAt : published;
}
