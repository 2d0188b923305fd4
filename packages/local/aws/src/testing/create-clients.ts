import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import {
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

/** The real SDK's clients on an endpoint, without retries unless asked for. */
export function createClients(endpoint: string, options: { readonly maxAttempts?: number } = {}) {
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: options.maxAttempts ?? 1,
  };
  return {
    dynamodb: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    secrets: new SecretsManagerClient(config),
    ses: new SESv2Client(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
  };
}

/** A queue made for one test. */
export type TestQueue = { readonly url: string; readonly arn: string };

/** Creates a queue; its URL and ARN are as the endpoint gives them. */
export async function createQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string> = {},
): Promise<TestQueue> {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  );
  if (!QueueUrl) throw new Error('CreateQueue answered no QueueUrl');
  return { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:000000000000:${name}` };
}

/** Waits by long poll for the next message; undefined after two seconds without one. */
export async function receiveOne(sqs: SQSClient, queue: TestQueue): Promise<Message | undefined> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      WaitTimeSeconds: 2,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages?.[0];
}

/** Creates a bus. */
export async function createBus(events: EventBridgeClient, name: string): Promise<void> {
  await events.send(new CreateEventBusCommand({ Name: name }));
}

/** Creates or replaces a rule, and adds targets to it. */
export async function createRule(
  events: EventBridgeClient,
  busName: string,
  ruleName: string,
  pattern: object,
  targets: Target[],
): Promise<void> {
  const EventPattern = JSON.stringify(pattern);
  await events.send(new PutRuleCommand({ Name: ruleName, EventBusName: busName, EventPattern }));
  if (targets.length === 0) return;
  await events.send(
    new PutTargetsCommand({ Rule: ruleName, EventBusName: busName, Targets: targets }),
  );
}

/** An entry of source `shop` and type `Paid`, unless the changes say otherwise. */
export function buildEntry(
  busName: string,
  changes: Partial<PutEventsRequestEntry>,
): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: 'shop',
    DetailType: 'Paid',
    Detail: '{}',
    ...changes,
  };
}
