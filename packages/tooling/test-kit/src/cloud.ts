import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalCloud, startLocalCloud } from '@cloudnestle/local-aws/start';
import { stretchTimeLimits } from '@cloudnestle/payments/time-limits';
import { type Provisioned, provision } from '@cloudnestle/provisioning/provision';
import { writeSecret } from '@cloudnestle/provisioning/secrets';
import { type Topology, topology } from '@cloudnestle/topology/topology';
import type { SubscriberName, TableKey } from '@cloudnestle/topology/types';

/** A local cloud with the topology on it, for one test file. */
export interface TestCloud {
  cloud: LocalCloud;
  topology: Topology;
  provisioned: Provisioned;
  dynamo: DynamoDBDocumentClient;
  sqs: SQSClient;
  events: EventBridgeClient;
  secrets: SecretsManagerClient;
  /** Consistent read of one item. */
  get(table: TableKey, key: Record<string, string>): Promise<Record<string, unknown> | undefined>;
  put(table: TableKey, item: Record<string, unknown>): Promise<void>;
  writeSecret(name: string, value: unknown): Promise<void>;
  /** Everything now in a subscriber's queue or dead-letter queue, hidden from other receivers for a while. */
  receive(subscriber: SubscriberName, from: 'queue' | 'deadLetterQueue'): Promise<Message[]>;
  stop(): Promise<void>;
}

/** No test depends on its machine being quick. */
const PATIENCE = 10;

/**
 * Starts it and points this process's SDK environment at it: call before any handler is composed. Time limits of services
 * are stretched; where a test is about a limit, `patience: 1` keeps it as it is promised.
 */
export async function startTestCloud({ patience = PATIENCE } = {}): Promise<TestCloud> {
  const cloud = await startLocalCloud({});
  const release = stretchTimeLimits(patience);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const dynamoClient = new DynamoDBClient({});
  const dynamo = DynamoDBDocumentClient.from(dynamoClient);
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const events = new EventBridgeClient({});
  const secrets = new SecretsManagerClient({});
  const provisioned = await provision({ dynamo: dynamoClient, sqs, events }, topology);
  return {
    cloud,
    topology,
    provisioned,
    dynamo,
    sqs,
    events,
    secrets,
    get: async (table, key) => {
      const TableName = topology.tables[table].name;
      return (await dynamo.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })))
        .Item;
    },
    put: async (table, item) => {
      await dynamo.send(new PutCommand({ TableName: topology.tables[table].name, Item: item }));
    },
    writeSecret: (name, value) => writeSecret(secrets, name, value),
    receive: (subscriber, from) => {
      const queue = provisioned.queues[subscriber];
      if (!queue) throw new Error(`no queue for ${subscriber}`);
      return receiveAll(sqs, from === 'queue' ? queue.url : queue.deadLetterUrl);
    },
    stop: async () => {
      release();
      for (const client of [dynamoClient, sqs, events, secrets]) client.destroy();
      await cloud.stop();
    },
  };
}

async function receiveAll(sqs: SQSClient, url: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (!answer.Messages?.length) return all;
    all.push(...answer.Messages);
  }
}
