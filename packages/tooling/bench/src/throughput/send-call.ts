import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
} from '@aws-sdk/client-eventbridge';
import {
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Call } from './start-cloud.ts';

/** Sends a recorded call again with bare SDK clients and nothing around them. Throws for a kind it does not know. */
export function createCallSender(): (call: Call) => Promise<unknown> {
  const dynamo = new DynamoDBClient({});
  const events = new EventBridgeClient({});
  const ses = new SESv2Client({});
  const secrets = new SecretsManagerClient({});
  const queues = createQueueCalls(new SQSClient({ useQueueUrlAsEndpoint: false }));
  return ({ service, operation, body }) => {
    switch (`${service}:${operation}`) {
      case 'dynamodb:GetItem':
        return dynamo.send(new GetItemCommand(getItem.parse(body)));
      case 'dynamodb:BatchGetItem':
        return dynamo.send(new BatchGetItemCommand(batchGetItem.parse(body)));
      case 'dynamodb:PutItem':
        return dynamo.send(new PutItemCommand(putItem.parse(body)));
      case 'dynamodb:UpdateItem':
        return dynamo.send(new UpdateItemCommand(updateItem.parse(body)));
      case 'events:PutEvents':
        return events.send(new PutEventsCommand(putEvents.parse(body)));
      case 'ses:SendEmail':
        return ses.send(new SendEmailCommand(sendEmail.parse(body)));
      case 'secretsmanager:GetSecretValue':
        return secrets.send(new GetSecretValueCommand(getSecretValue.parse(body)));
      case 'sqs:ReceiveMessage':
        return queues.receive(body);
      case 'sqs:DeleteMessageBatch':
        return queues.remove(body);
      case 'sqs:ChangeMessageVisibility':
        return queues.postpone(body);
      default:
        throw new Error(`no bare call is written for ${service}:${operation}`);
    }
  };
}

/** What an SDK client sent is what one accepts: the body of these protocols is the command's input. */
const inputOf = <Input>() =>
  z.custom<Input>((body) => typeof body === 'object' && body !== null, 'is no input of a command');

const getItem = inputOf<GetItemCommandInput>();
const batchGetItem = inputOf<BatchGetItemCommandInput>();
const putItem = inputOf<PutItemCommandInput>();
const updateItem = inputOf<UpdateItemCommandInput>();
const putEvents = inputOf<PutEventsCommandInput>();
const sendEmail = inputOf<SendEmailCommandInput>();
const getSecretValue = inputOf<GetSecretValueCommandInput>();

const receiveSchema = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int(),
  MessageAttributeNames: z.array(z.string()),
  MessageSystemAttributeNames: z.array(z.literal('All')),
});
const deleteSchema = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })),
});
const visibilitySchema = z.object({
  QueueUrl: z.string(),
  ReceiptHandle: z.string(),
  VisibilityTimeout: z.int(),
});

/** Recorded queue calls, sent again: whatever lies in the queue is received, and what was received is deleted. */
function createQueueCalls(sqs: SQSClient) {
  const received = new Map<string, string[]>();
  return {
    /** Never waits: a long poll that found nothing would be measured as work. */
    async receive(body: unknown): Promise<void> {
      const input = receiveSchema.parse(body);
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ ...input, WaitTimeSeconds: 0 }),
      );
      const handles = (Messages ?? []).flatMap(({ ReceiptHandle }) => ReceiptHandle ?? []);
      received.set(input.QueueUrl, [...(received.get(input.QueueUrl) ?? []), ...handles]);
    },
    /** As many at once as recorded; where too few were received, old handles fill up. */
    async remove(body: unknown): Promise<void> {
      const { QueueUrl, Entries } = deleteSchema.parse(body);
      const handles = received.get(QueueUrl)?.splice(0, Entries.length) ?? [];
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: Entries.map((entry, index) => ({
            Id: entry.Id,
            ReceiptHandle: handles[index] ?? entry.ReceiptHandle,
          })),
        }),
      );
    },
    /** What waits for another try; as long as recorded. */
    async postpone(body: unknown): Promise<void> {
      const input = visibilitySchema.parse(body);
      const [handle = input.ReceiptHandle] = received.get(input.QueueUrl) ?? [];
      await sqs.send(new ChangeMessageVisibilityCommand({ ...input, ReceiptHandle: handle }));
    },
  };
}
