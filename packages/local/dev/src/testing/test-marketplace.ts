import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import type { SubscriberName, TableKey } from '@cloudnestle/topology/types';
import type { LocalRun } from '../start.ts';

export interface Buyer {
  userId: string;
  email: string;
}

/** The marketplace around a run: makes buyers with both records, reads what became of them, and plays its operator. */
export function createTestMarketplace(run: LocalRun) {
  const client = new DynamoDBClient({});
  const documents = DynamoDBDocumentClient.from(client);
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { tables } = run.topology;
  const sk = `solution#${DEFAULT_SOLUTION_ID}`;
  let made = 0;

  const put = (table: TableKey, Item: Record<string, unknown>) =>
    documents.send(new PutCommand({ TableName: tables[table].name, Item }));
  const get = async (table: TableKey, Key: Record<string, string>) =>
    (
      await documents.send(
        new GetCommand({ TableName: tables[table].name, Key, ConsistentRead: true }),
      )
    ).Item;

  const drain = async (url: string, deal: (message: Message) => Promise<unknown>) => {
    let count = 0;
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return count;
      for (const message of Messages) {
        await deal(message);
        await sqs.send(
          new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }),
        );
        count += 1;
      }
    }
  };
  const queueOf = (subscriber: SubscriberName) => {
    const queue = run.provisioned.queues[subscriber];
    if (!queue) throw new Error(`no queue for ${subscriber}`);
    return queue;
  };

  return {
    put,
    get,
    async addBuyer(email?: string): Promise<Buyer> {
      made += 1;
      const buyer = { userId: `buyer-${made}`, email: email ?? `buyer-${made}@example.com` };
      await put('users', {
        ...buyer,
        subscriptionTier: 'registered',
        subscriptionStatus: 'active',
      });
      const record = {
        sk,
        solution_id: DEFAULT_SOLUTION_ID,
        tier: 'registered',
        access_tier: 'registered',
      };
      await put('entitlements', {
        pk: `user#${buyer.userId}`,
        token: `tok_${made}_a`,
        dailyUsage: 3,
        ...record,
      });
      await put('entitlements', {
        pk: `user#${buyer.email}`,
        token: `tok_${made}_b`,
        usage: { daily_usage: {} },
        ...record,
      });
      return buyer;
    },
    /** Everything the four subscribers are to bring about, in words two buyers share. */
    async effectsOn(buyer: Buyer, transactionId: string) {
      const [user, byId, byEmail, row, slot] = await Promise.all([
        get('users', { userId: buyer.userId }),
        get('entitlements', { pk: `user#${buyer.userId}`, sk }),
        get('entitlements', { pk: `user#${buyer.email}`, sk }),
        get('transactions', { transactionId }),
        get('checkouts', { checkoutKey: `${buyer.userId}#pro` }),
      ]);
      return {
        tier: user?.subscriptionTier,
        userStatus: user?.subscriptionStatus,
        byId: [byId?.access_tier, byId?.tier, byId?.grantedByTransactionId === transactionId],
        byEmail: [
          byEmail?.access_tier,
          byEmail?.tier,
          byEmail?.grantedByTransactionId === transactionId,
        ],
        status: row?.status,
        settlement: row?.settlement_status,
        utr: typeof row?.utr,
        paid: Object.keys(slot?.paid ?? {}).length,
      };
    },
    async welcomeMails(buyer: Buyer): Promise<number> {
      const emails = (await run.cloud?.inbox.emails()) ?? [];
      return emails.filter(
        ({ destination, subject }) =>
          destination.to.includes(buyer.email) && subject.includes('Welcome'),
      ).length;
    },
    /** Welcome mails by address. */
    async countWelcomeMails(): Promise<ReadonlyMap<string, number>> {
      const emails = (await run.cloud?.inbox.emails()) ?? [];
      const counts = new Map<string, number>();
      for (const { destination, subject } of emails) {
        if (!subject.includes('Welcome')) continue;
        for (const to of destination.to) counts.set(to, (counts.get(to) ?? 0) + 1);
      }
      return counts;
    },
    /** Takes single effects of a payment away, past every service. */
    damage: {
      user: async ({ userId }: Buyer) => {
        const user = await get('users', { userId });
        await put('users', { ...user, subscriptionTier: 'registered' });
      },
      /** `owner`: the user id or the email that the record stands under. */
      record: async (owner: string) => {
        const record = await get('entitlements', { pk: `user#${owner}`, sk });
        await put('entitlements', { ...record, tier: 'registered', access_tier: 'registered' });
      },
      transaction: async (transactionId: string) => {
        const row = await get('transactions', { transactionId });
        await put('transactions', { ...row, status: 'PENDING' });
      },
    },
    /** Reasons of a subscriber's dead letters; `redrive` puts them back into their queue, as an operator would. */
    async deadLetters(subscriber: SubscriberName, then: 'redrive' | 'discard'): Promise<string[]> {
      const reasons: string[] = [];
      const { url, deadLetterUrl } = queueOf(subscriber);
      await drain(deadLetterUrl, async (message) => {
        reasons.push(message.MessageAttributes?.failureReason?.StringValue ?? '');
        if (then === 'discard') return;
        await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: message.Body }));
      });
      return reasons;
    },
    /** Puts so many letters, each of its own, into a subscriber's dead-letter queue. */
    async putLetters(subscriber: SubscriberName, count: number): Promise<void> {
      const { deadLetterUrl } = queueOf(subscriber);
      for (let made = 0; made < count; made += 1) {
        const MessageBody = JSON.stringify(wrapInEnvelope(sampleCompleted()));
        await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterUrl, MessageBody }));
      }
    },
    /** Takes what lies in a subscriber's queues out; how many letters are dead and how many live. */
    async takeLetters(subscriber: SubscriberName): Promise<{ dead: number; live: number }> {
      const { url, deadLetterUrl } = queueOf(subscriber);
      const forget = () => Promise.resolve();
      return { dead: await drain(deadLetterUrl, forget), live: await drain(url, forget) };
    },
    stop() {
      client.destroy();
      sqs.destroy();
    },
  };
}
export type TestMarketplace = ReturnType<typeof createTestMarketplace>;

/** What a payment is to bring about, whatever went wrong on the way. */
export const everythingDone = {
  tier: 'pro',
  userStatus: 'active',
  byId: ['pro', 'pro', true],
  byEmail: ['pro', 'pro', true],
  status: 'COMPLETED',
  settlement: 'ELIGIBLE',
  utr: 'string',
  paid: 1,
};
