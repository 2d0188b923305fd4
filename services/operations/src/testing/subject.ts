import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type AdminRouteKey, adminRoutes } from '@cloudnestle/contracts/admin/routes';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Order } from '@cloudnestle/payments/order';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildContext, invokeHttp, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import {
  TEST_CLIENT_ID,
  testEnvironment,
  writeTestStage,
} from '@cloudnestle/test-kit/function-environment';
import { payAtGateway, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { buildHandler as buildApi } from '../api/composition.ts';
import { buildHandler as buildWorker } from '../worker/composition.ts';

type Item = Record<string, unknown>;
export type Claims = Record<string, string>;

/** An operator's id token, as the authorizer renders its claims. */
export const claimsOf = (group: string, name = 'anna'): Claims => ({
  token_use: 'id',
  aud: TEST_CLIENT_ID,
  sub: `sub-of-${name}`,
  email: `${name}@operators.example`,
  'cognito:groups': `[${group}]`,
});
export const anna = claimsOf('repair');
export const ben = claimsOf('repair', 'ben');

interface CallOptions {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Item;
  headers?: Record<string, string>;
  claims?: Claims | null;
}

let buyers = 0;

/** The operators' functions as they are deployed, on a test cloud and a sandbox. */
export async function createSubject(cloud: TestCloud, gateway: RunningSandbox, stage = 'test') {
  await writeTestStage(cloud, { gatewayUrl: gateway.apiUrl, stage });
  const platform = createFakePlatform();
  const options = { letters: { longPollSeconds: 0 }, watchSeconds: 0, effectsMs: 0 };
  const environmentOf = (name: 'operate' | 'operations') =>
    testEnvironment(cloud, name, { gatewayUrl: gateway.apiUrl });
  const api = buildApi(environmentOf('operate'), platform, options);
  const worker = buildWorker(environmentOf('operations'), platform, options);
  const queueOf = (name: string) => {
    const queue = cloud.provisioned.queues[name];
    if (!queue) throw new Error(`no queue of ${name}`);
    return queue;
  };
  const call = (
    key: AdminRouteKey,
    { params, query, body, headers, claims = anna }: CallOptions = {},
  ) => {
    const { method, path } = adminRoutes[key];
    return invokeHttp(api, {
      method,
      path,
      ...(params ? { pathParameters: params } : {}),
      ...(query ? { query } : {}),
      ...(body ? { body } : {}),
      ...(headers ? { headers } : {}),
      ...(claims ? { claims } : {}),
    });
  };
  /** Has the worker take the messages that wait for it, as its event source would; answers how many came. */
  const work = async ({ timeoutMs = 900_000 } = {}): Promise<number> => {
    const { url } = queueOf('operations');
    const { Messages = [] } = await cloud.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    for (const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} } of Messages) {
      const record = {
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: {
          ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? '1',
          SentTimestamp: '0',
          SenderId: 'test',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn',
        awsRegion: 'us-east-1',
      };
      const { batchItemFailures } = await invokeQueue(
        worker,
        [record],
        buildContext({ timeoutMs }),
      );
      if (batchItemFailures.length > 0) continue;
      await cloud.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
    return Messages.length;
  };
  return {
    platform,
    call,
    work,
    /** Starts a job, has the worker do it, and answers it as it is then. */
    runJob: async (key: AdminRouteKey, options: CallOptions) => {
      const started = await call(key, options);
      if (started.statusCode !== 202) throw new Error(JSON.stringify(started.body));
      await work();
      return jobIn(await call('job', { params: { jobId: String(jobIn(started).jobId) } }));
    },
    queueOf,
    /** An order of a buyer of its own; paid here and at the gateway unless `overrides` say otherwise. */
    addOrder: async (
      overrides: Partial<TransactionItem> = {},
      at = { gateway: true },
    ): Promise<Order> => {
      buyers += 1;
      const paid = { status: 'COMPLETED', completedAt: '2025-11-23T10:00:00.000Z' } as const;
      const userId = `operated-${buyers}`;
      const userEmail = `buyer${buyers}@example.com`;
      const item = sampleRow({ userId, userEmail, ...paid, ...overrides });
      await cloud.put('transactions', item);
      const order = sampleOrder(item);
      if (at.gateway) await payAtGateway(gateway, order);
      return order;
    },
    /** Puts messages into a dead-letter queue as a handler that gave up would. */
    putLetters: async (
      queue: string,
      bodies: readonly string[],
      reason = 'users table throttled',
      others: Record<string, string> = {},
    ) => {
      const MessageAttributes = toMessageAttributes({
        failureKind: 'exhausted',
        failureReason: reason,
        attempts: '8',
        firstFailedAt: '2026-11-23T09:00:00.000Z',
        lastFailedAt: '2026-11-23T10:00:00.000Z',
        ...others,
      });
      for (const MessageBody of bodies) {
        await cloud.sqs.send(
          new SendMessageCommand({
            QueueUrl: queueOf(queue).deadLetterUrl,
            MessageBody,
            MessageAttributes,
          }),
        );
      }
    },
    /** Takes everything out of a queue. */
    takeAll: (url: string) => takeAll(cloud, url),
  };
}
export type Subject = Awaited<ReturnType<typeof createSubject>>;

export function jobIn({ body }: { body: Item }): Item {
  return Object(body.job);
}

async function takeAll({ sqs }: TestCloud, QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle = '' } of Messages) {
      bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** A test with the operators' functions. */
export const operateTest = gatewayTest.extend<{ subject: Subject }>({
  subject: async ({ cloud, gateway }, use) => {
    cloud.cloud.intercept(undefined);
    await use(await createSubject(cloud, gateway));
  },
});
