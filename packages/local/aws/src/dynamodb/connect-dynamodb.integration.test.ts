import { CreateTableCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';

const running: LocalCloud[] = [];
const start = async (options: Parameters<typeof startLocalCloud>[0]) => {
  const cloud = await startLocalCloud(options);
  running.push(cloud);
  return { cloud, dynamodb: createClients(cloud.endpoint).dynamodb };
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((cloud) => cloud.stop()));
});

const table = new CreateTableCommand({
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});

it('takes its tables from another DynamoDB, with faults and the record of calls as before', async () => {
  const elsewhere = await start({});
  await elsewhere.dynamodb.send(table);
  const { cloud, dynamodb } = await start({ dynamoDbUrl: elsewhere.cloud.endpoint });
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual(['orders']);

  const put = new PutItemCommand({ TableName: 'orders', Item: { id: { S: 'one' } } });
  cloud.intercept(() => ({ when: 'before', status: 400, errorType: 'ThrottlingException' }));
  await expect(dynamodb.send(put)).rejects.toMatchObject({ name: 'ThrottlingException' });
  cloud.intercept(undefined);
  await dynamodb.send(put);
  expect(cloud.calls.count('dynamodb', 'PutItem')).toBe(2);
  expect(elsewhere.cloud.calls.count('dynamodb', 'PutItem')).toBe(1);

  const missing = new PutItemCommand({ TableName: 'none', Item: { id: { S: 'one' } } });
  await expect(dynamodb.send(missing)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('says where it got no answer', async () => {
  const { dynamodb } = await start({ dynamoDbUrl: 'http://127.0.0.1:9' });
  await expect(dynamodb.send(new ListTablesCommand({}))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
    message: expect.stringContaining('http://127.0.0.1:9'),
  });
});
