import { printable } from '@cloudnestle/contracts/printable';
import { compareHoldings, type Holdings, readAccessItems } from '@cloudnestle/payments/access';
import { buildInitiatedEvent, type Trigger } from '@cloudnestle/payments/build-events';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { type BuyersOrders, listOrders } from '../find-order.ts';
import { goThroughLetters, type LetterSource } from '../letters/go-through-letters.ts';
import type { Letter } from '../letters/letter.ts';
import { matchesFilter } from '../letters/letter-filter.ts';
import type { StageLetters } from '../letters/stage-letters.ts';
import { countMessages, type MessageCounts } from '../letters/stage-queues.ts';
import { readNotification } from '../mails/ledger.ts';
import { OperatorError } from '../operator-error.ts';
import { findDiscrepancies, GATEWAY_TIMEOUT_MS } from '../reconcile/examine-order.ts';
import { readRefundsOf } from '../refunds/refunds-of-order.ts';
import type { Sources } from './sources.ts';
import { contentOf, type DeadLetters, type OrderStory, type Queues, readPart } from './story.ts';

interface CollectOptions {
  signal: AbortSignal;
  /** What is known already and not asked again. */
  known?: Partial<Pick<OrderStory, 'judgement' | 'queues' | 'others'>>;
  /** When the caller has published something about the order. */
  publishedAt?: Date | undefined;
}

/**
 * Looks at an order from all sides, side by side; what cannot be read is said in its place. Changes nothing. Throws
 * an `OperatorError` where the order's row is gone or cannot be understood: without it there is no story.
 */
export async function collectStory(
  sources: Sources,
  transactionId: string,
  { signal, known = {}, publishedAt }: CollectOptions,
): Promise<OrderStory> {
  const order = await readRow(sources, transactionId);
  const { row } = order;
  const [judgement, access, mails, queues, others, refunds] = await Promise.all([
    known.judgement ?? askGateway(sources, order),
    readAccess(sources, order),
    readPart(() => readNotification(sources.ledger, transactionId)),
    known.queues ?? readQueues(sources.letters, transactionId, signal),
    known.others ?? readPart(() => listOthers(sources, order)),
    readPart(() => readRefundsOf(sources.refunds, row)),
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
    refunds,
    newsAt: latest(row.last_sync, publishedAt),
  };
}

async function readRow({ books, stage }: Sources, transactionId: string): Promise<Order> {
  const item = await books.findTransaction(transactionId);
  if (!item) throw new OperatorError(`There is no order ${transactionId} on the stage ${stage}.`);
  const read = readOrder(item, books.catalogue);
  if (read.kind === 'order') return read.order;
  throw new OperatorError(`${transactionId} cannot be read: ${printable(read.reason)}.`);
}

function askGateway({ books, trigger }: Sources, order: Order): Promise<Judgement> {
  return judgeOrder(books, order, trigger, { timeoutMs: GATEWAY_TIMEOUT_MS, expireUnknown: true });
}

async function readAccess(
  { books }: Sources,
  order: Order,
): Promise<Pick<OrderStory, 'user' | 'records' | 'holdings'>> {
  const user = await readPart(() => books.findUser(order.row.userId));
  const findUser = async () => contentOf(user);
  const records = await readPart(
    async () => (await readAccessItems({ ...books, findUser }, order)).records,
  );
  let holdings: Holdings | undefined;
  if (order.row.status === 'COMPLETED' && user.kind === 'read' && records.kind === 'read') {
    const items = { user: user.value, records: records.value };
    const paidFor = { transactionId: order.row.transactionId, plan: order.plan };
    const moment = { tiers: books.catalogue.tiers, now: books.now() };
    holdings = compareHoldings(items, paidFor, moment);
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

/** The events that the order's mails follow from. An outcome is only what the gateway says now. */
export function buildMailEvents(
  order: Order,
  judgement: Judgement,
  trigger: Trigger,
): OrderStory['mailEvents'] {
  const { redirectUrl } = order.row;
  return {
    ...(redirectUrl === undefined
      ? {}
      : { initiated: buildInitiatedEvent(order, redirectUrl, trigger) }),
    ...(judgement.kind === 'completed' ? { welcome: judgement.event } : {}),
    ...(judgement.kind === 'failed' ? { failed: judgement.event } : {}),
  };
}

/** Longer than a walk takes between two looks at one letter. A command that is killed leaves letters hidden for so long. */
const VISIBILITY_SECONDS = 60;

/** Looks through every dead-letter queue for an order's letters, side by side, and gives all letters back. */
async function readQueues(
  { sources }: StageLetters,
  transactionId: string,
  signal: AbortSignal,
): Promise<Queues> {
  const [dead, live] = await Promise.all([
    Promise.all(
      sources.map(async (source) => ({
        queue: source.queue.name,
        found: await readPart(() => readLetters(source, transactionId, signal)),
      })),
    ),
    Promise.all(
      sources.flatMap(({ sqs, queue: { name, liveUrl } }) =>
        liveUrl === undefined ? [] : [countLive(name, () => countMessages(sqs, liveUrl))],
      ),
    ),
  ]);
  return { dead, live };
}

async function readLetters(
  source: LetterSource,
  transactionId: string,
  signal: AbortSignal,
): Promise<DeadLetters> {
  const { waiting, inFlight } = await countMessages(source.sqs, source.queue.deadLetterUrl);
  const letters = new Map<string, Letter>();
  let seen = 0;
  const look = async (batch: Letter[]) => {
    seen += batch.length;
    for (const letter of batch) {
      if (matchesFilter(letter, { order: transactionId })) letters.set(letter.messageId, letter);
    }
    return batch;
  };
  await goThroughLetters(source, look, { signal, visibilitySeconds: VISIBILITY_SECONDS });
  // Counts lag: what looks held may be what an earlier look of ours gave back, and then it was seen.
  const unseen = Math.max(waiting + inFlight - seen, 0);
  return { letters: [...letters.values()], heldByOthers: Math.min(inFlight, unseen) };
}

async function countLive(queue: string, count: () => Promise<MessageCounts>) {
  return { queue, counts: await readPart(count) };
}
