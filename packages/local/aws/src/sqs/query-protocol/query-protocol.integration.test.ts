import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../start.ts';
import { createClients } from '../../testing/create-clients.ts';
import { createQueue, receiveOne, type TestQueue } from '../../testing/queues.ts';

describe('an older command line, speaking the query protocol of SQS', () => {
  let cloud: LocalCloud;
  let queue: TestQueue;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    queue = await createQueue(createClients(cloud.endpoint).sqs, 'older');
  });
  afterAll(() => cloud.stop());

  it('finds its queues', async () => {
    const answer = await post('Action=ListQueues&QueueNamePrefix=old');
    expect(answer.body).toContain(
      `<ListQueuesResult><QueueUrl>${queue.url}</QueueUrl></ListQueuesResult>`,
    );
  });

  it('sends a message with attributes that others can read', async () => {
    const sent = await post(
      `Action=SendMessage&QueueUrl=${encodeURIComponent(queue.url)}&MessageBody=from%20afar` +
        '&MessageAttribute.1.Name=kind&MessageAttribute.1.Value.DataType=String' +
        '&MessageAttribute.1.Value.StringValue=greeting',
    );
    expect(sent.body).toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/);
    const message = await receiveOne(createClients(cloud.endpoint).sqs, queue);
    expect(message?.Body).toBe('from afar');
    expect(message?.MessageAttributes?.kind?.StringValue).toBe('greeting');
  });

  it.each([
    ['path alone', (path: string) => post('Action=SendMessage&MessageBody=hi', { path })],
    [
      'path with a slash behind it',
      (path: string) => post('Action=SendMessage&MessageBody=hi', { path: `${path}/` }),
    ],
    [
      'path, unsigned',
      (path: string) => post('Action=SendMessage&MessageBody=hi', { path, authorization: '' }),
    ],
    ['address, in a GET', (path: string) => get(`${path}?Action=SendMessage&MessageBody=hi`)],
    [
      'address, in a GET that is signed there',
      (path: string) =>
        get(
          `${path}/?Action=SendMessage&MessageBody=hi&X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fsqs%2Faws4_request`,
        ),
    ],
  ])('names the queue by its %s', async (_how, send) => {
    const { pathname } = new URL(queue.url);
    const sent = await send(pathname);
    expect(sent.body).toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/);
    const sqs = createClients(cloud.endpoint).sqs;
    const message = await receiveOne(sqs, queue);
    expect(message?.Body).toBe('hi');
    const handle = encodeURIComponent(message?.ReceiptHandle ?? '');
    const deleted = await post(`Action=DeleteMessage&ReceiptHandle=${handle}`, { path: pathname });
    expect(deleted.status).toBe(200);
  });

  it('names the queue by QueueUrl where path and field differ', async () => {
    const missing = `${cloud.endpoint}/000000000000/missing`;
    const { body } = await post(
      `Action=SendMessage&MessageBody=hi&QueueUrl=${encodeURIComponent(missing)}`,
      { path: new URL(queue.url).pathname },
    );
    expect(body).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });

  it('receives what others sent, markup and line ends included', async () => {
    await createClients(cloud.endpoint).sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: '<a>&\r\n',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'markup' } },
      }),
    );
    const { body } = await post(
      `Action=ReceiveMessage&QueueUrl=${encodeURIComponent(queue.url)}&AttributeName.1=All&MessageAttributeName.1=All`,
    );
    expect(body).toContain('<Body>&lt;a&gt;&amp;&#xD;\n</Body>');
    expect(body).toContain(
      '<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>',
    );
    expect(body).toContain(
      '<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>markup</StringValue></Value></MessageAttribute>',
    );
  });

  it('sends batches, each entry with its own result', async () => {
    const { body } = await post(
      `Action=SendMessageBatch&QueueUrl=${encodeURIComponent(queue.url)}` +
        '&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x' +
        '&SendMessageBatchRequestEntry.2.Id=b&SendMessageBatchRequestEntry.2.MessageBody=%01',
    );
    expect(body).toContain('<SendMessageBatchResultEntry><Id>a</Id>');
    expect(body).toContain('<BatchResultErrorEntry><Id>b</Id>');
  });

  it('is told by XML what went wrong', async () => {
    const missing = await post('Action=GetQueueUrl&QueueName=missing');
    expect(missing.status).toBe(400);
    expect(missing.body).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
    const refused = await post(
      'Action=CreateQueue&QueueName=x&Attribute.1.Name=No&Attribute.1.Value=1',
    );
    expect(refused.body).toContain('<Code>InvalidAttributeName</Code>');
  });

  type Reply = { status: number; body: string };
  const signature = 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sqs/aws4_request';

  async function post(
    form: string,
    { path = '/', authorization = signature } = {},
  ): Promise<Reply> {
    const answer = await fetch(cloud.endpoint + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        ...(authorization && { authorization }),
      },
      body: `${form}&Version=2012-11-05`,
    });
    return { status: answer.status, body: await answer.text() };
  }

  async function get(address: string): Promise<Reply> {
    const answer = await fetch(`${cloud.endpoint}${address}&Version=2012-11-05`);
    return { status: answer.status, body: await answer.text() };
  }
});
