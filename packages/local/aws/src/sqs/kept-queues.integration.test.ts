import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startLocalCloud } from '../start.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'queues-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('gives a message back at once when its visibility is set to 0, and keeps it over a restart', async () => {
  let cloud = await startLocalCloud({ dataDir });
  const clientOf = (endpoint: string) =>
    new SQSClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
  let sqs = clientOf(cloud.endpoint);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'kept' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  const receive = async () =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] })))
      .Messages?.[0];
  const giveBack = async (ReceiptHandle: string | undefined) => {
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
  };

  await giveBack((await receive())?.ReceiptHandle);
  const second = await receive();
  expect(second).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } });
  await giveBack(second?.ReceiptHandle);

  await cloud.stop();
  cloud = await startLocalCloud({ dataDir, port: cloud.port });
  sqs = clientOf(cloud.endpoint);
  expect(await receive()).toMatchObject({
    Body: 'hello',
    Attributes: { ApproximateReceiveCount: '3' },
  });
  sqs.destroy();
  await cloud.stop();
});
