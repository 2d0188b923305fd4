import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';

describe('DynamoDB on the local endpoint', () => {
  let cloud: LocalCloud;
  let dynamodb: DynamoDBClient;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    dynamodb = createClients(cloud.endpoint).dynamodb;
    await dynamodb.send(createTable('orders'));
  });
  afterAll(() => cloud.stop());

  it('takes writes as soon as CreateTable has answered', async () => {
    await dynamodb.send(createTable('fresh'));
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'fresh' }));
    expect(Table?.TableStatus).toBe('ACTIVE');
    await dynamodb.send(new PutItemCommand({ TableName: 'fresh', Item: { id: { S: 'one' } } }));
  });

  it('forgets a table as soon as DeleteTable has answered', async () => {
    await dynamodb.send(createTable('doomed'));
    await dynamodb.send(new DeleteTableCommand({ TableName: 'doomed' }));
    const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).not.toContain('doomed');
  });

  it('reads back what was written, by key and by index', async () => {
    const item = { id: { S: 'one' }, owner: { S: 'ada' }, amount: { N: '29900' } };
    await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: item }));
    const byKey = await dynamodb.send(
      new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'one' } } }),
    );
    const byIndex = await dynamodb.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'OwnerIndex',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: 'ada' } },
      }),
    );
    expect(byKey.Item).toEqual(item);
    expect(byIndex.Items).toEqual([item]);
  });

  it('lets exactly one of many racing conditional writes win', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        dynamodb
          .send(
            new UpdateItemCommand({
              TableName: 'orders',
              Key: { id: { S: 'raced' } },
              UpdateExpression: 'SET winner = :w',
              ConditionExpression: 'attribute_not_exists(winner)',
              ExpressionAttributeValues: { ':w': { N: String(index) } },
            }),
          )
          .then(
            () => 'won',
            (error: Error) => error.name,
          ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome !== 'won')).toEqual(
      Array(19).fill('ConditionalCheckFailedException'),
    );
  });

  it('refuses an operation it does not have', async () => {
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName: 'orders', Item: { id: { S: 'x' } } } }],
    });
    await expect(dynamodb.send(transaction)).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

function createTable(name: string): CreateTableCommand {
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'owner', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'OwnerIndex',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
}
