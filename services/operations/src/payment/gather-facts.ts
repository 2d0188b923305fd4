import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Action } from '@cloudnestle/contracts/admin/actions';
import type { QueuesResponse } from '@cloudnestle/contracts/admin/letters';
import { documentItemSchema, type InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type { NotificationItem } from '@cloudnestle/contracts/items/notification';
import type { InvoicesTable } from '@cloudnestle/operations/invoices/find-documents';
import { readNotification } from '@cloudnestle/operations/mails/ledger';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import {
  contentOf,
  type OrderStory,
  type Part,
  readPart,
} from '@cloudnestle/operations/story/story';
import { orderNotFound } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { countQueues } from '../stage/count-queues.ts';

export type QueueCounts = QueuesResponse['queues'];

/** All that is known of one order, without its dead letters. */
export interface PaymentFacts {
  story: OrderStory;
  /** Issued ones, the earliest first. */
  documents: Part<InvoiceDocument[]>;
  /** Where the mails about its refunds and with its documents stand, by their ids. */
  otherMails: Part<ReadonlyMap<string, NotificationItem | undefined>>;
  queues: QueueCounts;
  actions: Part<Action[]>;
}

/** No dead letter is looked at: looking hides letters, and pages ask again and again. */
const notLookedAt: OrderStory['queues'] = { dead: [], live: [] };

/** Looks at an order from all sides, side by side. Throws a 404 where there is no such order. */
export async function gatherFacts(desk: Desk, transactionId: string): Promise<PaymentFacts> {
  const row = await desk.sources.books.findTransaction(transactionId);
  if (!row) throw orderNotFound(transactionId);
  const signal = new AbortController().signal;
  const queues = countQueues(desk);
  const [story, documents, counts, actions] = await Promise.all([
    queues.then((known) =>
      collectStory(desk.sources, transactionId, {
        signal,
        known: { queues: { ...notLookedAt, live: toLive(known) } },
      }),
    ),
    readPart(() => readDocuments(desk.invoices, transactionId)),
    queues,
    readPart(async () => (await desk.actions.list({ transactionId })).actions),
  ]);
  const otherMails = await readPart(() => readOtherMails(desk, story, contentOf(documents) ?? []));
  return { story, documents, otherMails, queues: counts, actions };
}

function toLive(queues: QueueCounts): OrderStory['queues']['live'] {
  return queues.flatMap(({ name, live }) => {
    if (live === undefined) return [];
    const counts: Part<{ waiting: number; inFlight: number }> =
      'unread' in live ? { kind: 'unread', why: live.unread } : { kind: 'read', value: live };
    return [{ queue: name, counts }];
  });
}

async function readDocuments(
  { dynamo, table }: InvoicesTable,
  transactionId: string,
): Promise<InvoiceDocument[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `order#${transactionId}` },
    }),
  );
  return Items.flatMap((item) => documentItemSchema.safeParse(item).data?.document ?? []).toSorted(
    (a, b) => (a.issuedAt < b.issuedAt ? -1 : 1),
  );
}

async function readOtherMails(
  { sources }: Desk,
  story: OrderStory,
  documents: readonly InvoiceDocument[],
): Promise<ReadonlyMap<string, NotificationItem | undefined>> {
  const { transactionId } = story.order.row;
  const keys = [
    ...(contentOf(story.refunds) ?? []).map(({ refundId }) => ({
      id: refundId,
      key: { transactionId, refundId },
    })),
    ...documents.map(({ number }) => ({
      id: number,
      key: { transactionId, documentNumber: number },
    })),
  ];
  const read = await Promise.all(
    keys.map(async ({ id, key }) => [id, await readNotification(sources.ledger, key)] as const),
  );
  return new Map(read);
}
