import { connect } from 'node:net';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, LocalCloudStartError, startLocalCloud } from './start.ts';
import { createClients } from './testing/create-clients.ts';
import { createQueue } from './testing/queues.ts';

describe('a local cloud', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud.stop());

  it('is reached under the endpoint it names', () => {
    expect(cloud.endpoint).toBe(`http://127.0.0.1:${cloud.port}`);
    expect(cloud.port).toBeGreaterThan(0);
  });

  it('tells callers their account', async () => {
    const identity = await createClients(cloud.endpoint).sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  it('refuses what STS cannot do here by its name', async () => {
    const asking = createClients(cloud.endpoint).sts.send(new GetSessionTokenCommand({}));
    await expect(asking).rejects.toMatchObject({ name: 'InvalidAction' });
  });

  it('says that a port is taken, with its code', async () => {
    const starting = startLocalCloud({ port: cloud.port });
    await expect(starting).rejects.toThrow(LocalCloudStartError);
    await expect(starting).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(String(cloud.port)),
    });
  });

  it.each([
    ['an unknown service', { 'x-amz-target': 'Kinesis_20131202.PutRecord' }, '{}'],
    ['no AWS call at all', {}, 'hello'],
    [
      'a form of another service',
      { 'content-type': formType, authorization: scope('sns') },
      'Action=Publish',
    ],
  ])('answers %s with a clear error', async (_what, headers, body) => {
    const answer = await fetch(cloud.endpoint, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('UnknownOperationException');
  });

  it('answers a body that is not JSON with a SerializationException', async () => {
    const headers = { 'x-amz-target': 'AWSEvents.PutEvents' };
    const answer = await fetch(cloud.endpoint, { method: 'POST', headers, body: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'SerializationException' });
  });

  it('survives callers that hang up in the middle of a request', async () => {
    for (const target of ['DynamoDB_20120810.GetItem', 'AmazonSQS.SendMessage']) {
      await hangUp(cloud.port, target);
    }
    const identity = await createClients(cloud.endpoint).sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe('000000000000');
  });
});

describe('stopping a local cloud', () => {
  it('takes no notice of open long polls, hanging calls and idle connections', async () => {
    const cloud = await startLocalCloud();
    const { sqs, sts } = createClients(cloud.endpoint);
    const queue = await createQueue(sqs, 'polled');
    const idle = connect(cloud.port, '127.0.0.1');
    cloud.intercept(({ service }) => (service === 'sts' ? { hangMs: 600_000 } : undefined));
    const open = [
      sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 })),
      sts.send(new GetCallerIdentityCommand({})),
    ].map((call) =>
      call.then(
        () => 'answered',
        () => 'cut off',
      ),
    );
    await expect.poll(() => cloud.calls.count('sts', 'GetCallerIdentity')).toBe(1);
    await expect.poll(() => cloud.calls.count('sqs', 'ReceiveMessage')).toBe(1);

    await Promise.all([cloud.stop(), cloud.stop()]);

    expect(await Promise.all(open)).toEqual(['cut off', 'cut off']);
    idle.destroy();
  });
});

const formType = 'application/x-www-form-urlencoded';

function scope(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/${service}/aws4_request`;
}

function hangUp(port: number, target: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: ${target}\r\nContent-Length: 100\r\n\r\n{"Tab`,
        () => socket.resetAndDestroy(),
      );
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}
