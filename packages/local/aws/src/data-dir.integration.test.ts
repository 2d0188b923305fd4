import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startLocalCloud } from './start.ts';
import {
  buildEntry,
  createBus,
  createClients,
  createQueue,
  createRule,
  receiveOne,
} from './testing/create-clients.ts';

describe('a data directory', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('brings everything back after a restart on another port', async () => {
    const before = await startLocalCloud({ dataDir });
    const old = createClients(before.endpoint);
    await old.dynamodb.send(createTable);
    await old.dynamodb.send(
      new PutItemCommand({ TableName: 'kept', Item: { id: { S: 'one' }, n: { N: '1' } } }),
    );
    const queue = await createQueue(old.sqs, 'kept');
    await old.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'kept' }));
    await createBus(old.events, 'kept');
    await createRule(old.events, 'kept', 'rule', { source: ['shop'] }, [
      { Id: 'q', Arn: queue.arn },
    ]);
    await old.secrets.send(new CreateSecretCommand({ Name: 'kept', SecretString: 'hush' }));
    await before.stop();

    const after = await startLocalCloud({ dataDir });
    const { dynamodb, events, secrets, sqs } = createClients(after.endpoint);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'kept' }));
    const url = QueueUrl ?? '';
    const item = await dynamodb.send(
      new GetItemCommand({ TableName: 'kept', Key: { id: { S: 'one' } } }),
    );
    const secret = await secrets.send(new GetSecretValueCommand({ SecretId: 'kept' }));
    const first = await receiveOne(sqs, { ...queue, url });
    await events.send(new PutEventsCommand({ Entries: [buildEntry('kept', {})] }));
    const second = await receiveOne(sqs, { ...queue, url });
    await after.stop();

    expect(url).toBe(`${after.endpoint}/000000000000/kept`);
    expect(item.Item?.n).toEqual({ N: '1' });
    expect(secret.SecretString).toBe('hush');
    expect(first?.Body).toBe('kept');
    expect(second?.Body).toContain('"source":"shop"');
  });

  it('works again on the same port', async () => {
    const before = await startLocalCloud({ dataDir });
    await createQueue(createClients(before.endpoint).sqs, 'kept');
    await before.stop();
    const after = await startLocalCloud({ dataDir, port: before.port });
    const { QueueUrl } = await createClients(after.endpoint).sqs.send(
      new GetQueueUrlCommand({ QueueName: 'kept' }),
    );
    await after.stop();
    expect(QueueUrl).toBe(`${before.endpoint}/000000000000/kept`);
  });

  it('is refused while another cloud uses it, and free again afterwards', async () => {
    const cloud = await startLocalCloud({ dataDir });
    await expect(startLocalCloud({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
    await cloud.stop();
    await (await startLocalCloud({ dataDir })).stop();
  });

  it('is free again after a start that failed', async () => {
    const cloud = await startLocalCloud();
    const taken = startLocalCloud({ dataDir, port: cloud.port });
    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await (await startLocalCloud({ dataDir })).stop();
    await cloud.stop();
  });

  it('is taken over from a process that was killed', async () => {
    const module = JSON.stringify(join(import.meta.dirname, 'state/lock-data-dir.ts'));
    const script = `const { lockDataDir } = await import(${module});
      lockDataDir(${JSON.stringify(dataDir)});
      console.log('held');
      setTimeout(() => undefined, 2 ** 30);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    await once(child.stdout, 'data');
    await expect(startLocalCloud({ dataDir })).rejects.toThrow(`in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'close');
    await (await startLocalCloud({ dataDir })).stop();
  });

  it('shows its secrets to its owner only', async () => {
    const cloud = await startLocalCloud({ dataDir });
    await createClients(cloud.endpoint).secrets.send(
      new CreateSecretCommand({ Name: 'own', SecretString: 'hush' }),
    );
    await cloud.stop();
    const { mode } = await stat(join(dataDir, 'cloud.json'));
    expect(mode & 0o077).toBe(0);
    expect(await readdir(dataDir)).not.toContain('cloud.json.next');
  });

  it('is not overwritten when it holds something else', async () => {
    await writeFile(join(dataDir, 'cloud.json'), '{"my":"data"}');
    await expect(startLocalCloud({ dataDir })).rejects.toThrow('cloud.json');
    expect(await readFile(join(dataDir, 'cloud.json'), 'utf8')).toBe('{"my":"data"}');
    await rm(join(dataDir, 'cloud.json'));
    await (await startLocalCloud({ dataDir })).stop();
  });
});

const createTable = new CreateTableCommand({
  TableName: 'kept',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
