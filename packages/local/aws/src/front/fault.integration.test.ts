import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';
import { createQueue, receiveOne, type TestQueue } from '../testing/queues.ts';
import { buildEntry, createBus, createRule } from '../testing/rules.ts';

describe('an intercepted call', () => {
  let cloud: LocalCloud;
  let clients: ReturnType<typeof createClients>;
  let queue: TestQueue;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    clients = createClients(cloud.endpoint);
    queue = await createQueue(clients.sqs, 'faulty');
  });
  afterEach(() => cloud.intercept(undefined));
  afterAll(() => cloud.stop());

  const sendMessage = (body: string) =>
    clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));

  it('is shown with service, operation and input, and passes without a fault', async () => {
    const seen: unknown[] = [];
    cloud.intercept((call) => void seen.push(call));
    await sendMessage('seen');
    expect(seen).toEqual([
      expect.objectContaining({
        service: 'sqs',
        operation: 'SendMessage',
        body: { QueueUrl: queue.url, MessageBody: 'seen' },
      }),
    ]);
    expect((await receiveOne(clients.sqs, queue))?.Body).toBe('seen');
  });

  it('fails before it is performed', async () => {
    cloud.intercept(() => ({ when: 'before', status: 503, errorType: 'ServiceUnavailable' }));
    await expect(sendMessage('never')).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    cloud.intercept(undefined);
    await sendMessage('first');
    expect((await receiveOne(clients.sqs, queue))?.Body).toBe('first');
  });

  it('fails after it was performed', async () => {
    cloud.intercept(({ operation }) =>
      operation === 'SendMessage'
        ? { when: 'after', status: 500, errorType: 'InternalFailure', message: 'lost' }
        : undefined,
    );
    await expect(sendMessage('kept')).rejects.toMatchObject({ message: 'lost' });
    expect((await receiveOne(clients.sqs, queue))?.Body).toBe('kept');
  });

  it.each(['before', 'after'] as const)('is cut off %s it is performed', async (when) => {
    cloud.intercept(({ operation }) =>
      operation === 'SendMessage' ? { when, reset: true } : undefined,
    );
    await expect(sendMessage(`cut ${when}`)).rejects.toMatchObject({ code: 'ECONNRESET' });
    cloud.intercept(undefined);
    await sendMessage('end');
    const message = await receiveOne(clients.sqs, queue);
    expect(message?.Body).toBe(when === 'after' ? 'cut after' : 'end');
    if (when === 'after') await receiveOne(clients.sqs, queue);
  });

  it('is late, but performed', async () => {
    cloud.intercept(() => ({ hangMs: 30 }));
    const startedAtMs = performance.now();
    await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(29);
  });

  it.each([
    ['is never performed if its caller leaves while it hangs before', 'before', []],
    ['is performed although its caller leaves while it hangs after', 'after', ['hung']],
  ] as const)('%s', async (_what, when, bodies) => {
    cloud.intercept(({ operation }) =>
      operation === 'SendMessage' ? { hangMs: 60_000, when } : undefined,
    );
    const before = cloud.calls.count('sqs', 'SendMessage');
    const leaving = new AbortController();
    const sending = clients.sqs.send(
      new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'hung' }),
      { abortSignal: leaving.signal },
    );
    await expect.poll(() => cloud.calls.count('sqs', 'SendMessage')).toBe(before + 1);
    leaving.abort();
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    cloud.intercept(undefined);
    await sendMessage('end');
    const { Messages } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10 }),
    );
    expect(Messages?.map((message) => message.Body)).toEqual([...bodies, 'end']);
  });

  it('fails for chosen PutEvents entries only', async () => {
    await createBus(clients.events, 'partial');
    await createRule(clients.events, 'partial', 'all', { source: ['shop'] }, [
      { Id: 'q', Arn: queue.arn },
    ]);
    cloud.intercept(({ operation }) =>
      operation === 'PutEvents' ? { partialFailure: true, indexes: [0] } : undefined,
    );
    const { FailedEntryCount, Entries } = await clients.events.send(
      new PutEventsCommand({
        Entries: [1, 2].map((n) => buildEntry('partial', { Detail: `{"n":${n}}` })),
      }),
    );
    expect(FailedEntryCount).toBe(1);
    expect(Entries?.map((entry) => entry.ErrorCode)).toEqual(['InternalFailure', undefined]);
    const message = await receiveOne(clients.sqs, queue);
    expect(JSON.parse(message?.Body ?? '').detail).toEqual({ n: 2 });
  });

  it('fails for all PutEvents entries', async () => {
    cloud.intercept(() => ({ partialFailure: true }));
    const { FailedEntryCount } = await clients.events.send(
      new PutEventsCommand({ Entries: [buildEntry('default', {}), buildEntry('default', {})] }),
    );
    expect(FailedEntryCount).toBe(2);
  });

  it('has the error name its service was to give, in every protocol', async () => {
    cloud.intercept(() => ({ when: 'before', status: 400, errorType: 'ThrottlingException' }));
    const mail = { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } };
    const calls = [
      clients.dynamodb.send(new GetItemCommand({ TableName: 'table', Key: { id: { S: 'x' } } })),
      clients.events.send(new PutEventsCommand({ Entries: [buildEntry('default', {})] })),
      clients.secrets.send(new GetSecretValueCommand({ SecretId: 'x' })),
      clients.ses.send(new SendEmailCommand({ Content: mail })),
      clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'x' })),
      clients.sts.send(new GetCallerIdentityCommand({})),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes).toEqual(
      calls.map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({ name: 'ThrottlingException' }),
      })),
    );
  });

  it.each([
    ['throws', () => Promise.reject(new Error('broken hook')), 'broken hook'],
    ['orders what cannot be', () => ({ partialFailure: true }) as const, 'PutEvents'],
  ])('tells its caller when the hook %s', async (_what, hook, message) => {
    cloud.intercept(hook);
    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InterceptFailed',
      message: expect.stringContaining(message),
    });
  });

  it('is counted, whatever became of it', async () => {
    cloud.calls.reset();
    cloud.intercept(({ service }) =>
      service === 'sqs' ? { when: 'before', reset: true } : undefined,
    );
    await sendMessage('counted').catch(() => {});
    await clients.secrets.send(new CreateSecretCommand({ Name: 'counted', SecretString: 'x' }));
    await clients.events.send(new PutEventsCommand({ Entries: [buildEntry('default', {})] }));
    await clients.events.send(new PutEventsCommand({ Entries: [buildEntry('default', {})] }));
    expect(cloud.calls.snapshot()).toEqual({
      'sqs:SendMessage': 1,
      'secretsmanager:CreateSecret': 1,
      'events:PutEvents': 2,
    });
    expect(cloud.calls.count('events', 'PutEvents')).toBe(2);
    expect(cloud.calls.count('ses', 'SendEmail')).toBe(0);
    expect(cloud.calls.list()).toEqual([
      { service: 'sqs', operation: 'SendMessage', target: 'faulty' },
      { service: 'secretsmanager', operation: 'CreateSecret', target: 'counted' },
      { service: 'events', operation: 'PutEvents', target: 'default' },
      { service: 'events', operation: 'PutEvents', target: 'default' },
    ]);
  });
});
