import { readFileSync } from 'node:fs';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';
import { createQueue, receiveOne } from '../testing/queues.ts';

describe('SQS on the local endpoint', () => {
  let cloud: LocalCloud;
  let sqs: SQSClient;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    sqs = createClients(cloud.endpoint).sqs;
  });
  afterAll(() => cloud.stop());
  afterEach(() => vi.unstubAllEnvs());

  it('gives every queue a URL on this endpoint', async () => {
    const url = `${cloud.endpoint}/000000000000/named`;
    const created = await sqs.send(new CreateQueueCommand({ QueueName: 'named' }));
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'named' }));
    const listed = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'named' }));
    expect(created.QueueUrl).toBe(url);
    expect(found.QueueUrl).toBe(url);
    expect(listed.QueueUrls).toEqual([url]);
  });

  it('works for an SDK that knows nothing but AWS_ENDPOINT_URL, in any region', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', cloud.endpoint);
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
    const plain = new SQSClient({});
    const queue = await createQueue(sqs, 'plain');
    const { QueueUrl } = await plain.send(new GetQueueUrlCommand({ QueueName: 'plain' }));
    await plain.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    expect((await receiveOne(plain, queue))?.Body).toBe('hello');
  });

  it.each([
    'https://sqs.eu-west-1.amazonaws.com/123456789012/anywhere',
    'http://localhost:1/000000000000/anywhere',
  ])('accepts the queue URL %s for the queue of that name', async (url) => {
    const queue = await createQueue(sqs, 'anywhere');
    const stranger = createClients(cloud.endpoint).sqs;
    await stranger.send(new SendMessageCommand({ QueueUrl: url, MessageBody: url }));
    const message = await receiveOne(sqs, queue);
    expect(message?.Body).toBe(url);
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: message?.ReceiptHandle }),
    );
  });

  it('moves a message to the dead-letter queue after maxReceiveCount receives', async () => {
    const dead = await createQueue(sqs, 'redriven-dlq');
    const queue = await createQueue(sqs, 'redriven', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
    });
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'poison' }));
    for (const count of ['1', '2']) {
      const message = await receiveOne(sqs, queue);
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queue.url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    }
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
    expect((await receiveOne(sqs, dead))?.Body).toBe('poison');
  });

  it.each([
    ['a dead-letter queue that does not exist', 'InvalidParameterValue', redrive('missing', 3)],
    ['a receive count of 0', 'InvalidParameterValue', redrive('policed-dlq', 0)],
    ['a redrive policy that is no JSON', 'InvalidParameterValue', { RedrivePolicy: 'often' }],
    ['an attribute it does not know', 'InvalidAttributeName', { Colour: 'red' }],
    ['a visibility timeout of a day', 'InvalidAttributeValue', { VisibilityTimeout: '86400' }],
  ])('refuses %s', async (_what, name, attributes) => {
    await createQueue(sqs, 'policed-dlq');
    const queue = await createQueue(sqs, 'policed');
    const setting = new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: attributes });
    await expect(sqs.send(setting)).rejects.toMatchObject({ name });
  });

  const emoji = readFileSync(
    new URL('../../fixtures/sqs-send-message-emoji.json', import.meta.url),
  );

  it.each([
    ['an emoji', JSON.parse(emoji.toString()).MessageBody],
    ['a letter of the second plane', '𠀋太郎'],
    ['the last character there is', '\u{10FFFF}'],
  ])('takes %s, as SQS does', async (_what, MessageBody) => {
    const queue = await createQueue(sqs, 'planes');
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
    const entry = { Id: 'one', MessageBody };
    const batch = new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: [entry] });
    expect((await sqs.send(batch)).Failed ?? []).toEqual([]);
    for (const _ of ['single', 'batch']) {
      const message = await receiveOne(sqs, queue);
      expect(message?.Body).toBe(MessageBody);
      const { ReceiptHandle } = message ?? {};
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
    }
  });

  it.each([['\uFFFE'], ['\uFFFF'], ['\u0001']])('refuses %j, as SQS does', async (MessageBody) => {
    const queue = await createQueue(sqs, 'planes');
    const sending = new SendMessageCommand({ QueueUrl: queue.url, MessageBody });
    await expect(sqs.send(sending)).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  });

  it('refuses an operation it does not have', async () => {
    const moving = new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:us-east-1:0:q' });
    await expect(sqs.send(moving)).rejects.toMatchObject({ name: 'InvalidAction' });
  });

  it('names a missing queue as SQS does', async () => {
    const sending = new SendMessageCommand({
      QueueUrl: `${cloud.endpoint}/000000000000/missing`,
      MessageBody: 'x',
    });
    await expect(sqs.send(sending)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('keeps a message for the next caller when a long poll was abandoned', async () => {
    const queue = await createQueue(sqs, 'abandoned', { VisibilityTimeout: '600' });
    const leaving = new AbortController();
    const before = cloud.calls.count('sqs', 'ReceiveMessage');
    const polling = sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 }),
      { abortSignal: leaving.signal },
    );
    await expect.poll(() => cloud.calls.count('sqs', 'ReceiveMessage')).toBe(before + 1);
    leaving.abort();
    await expect(polling).rejects.toMatchObject({ name: 'AbortError' });
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'still here' }));
    expect((await receiveOne(sqs, queue))?.Body).toBe('still here');
  });
});

function redrive(queueName: string, maxReceiveCount: number): Record<string, string> {
  const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:${queueName}`;
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) };
}
