import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Subject, startSubject } from '../testing/subject.ts';

let subject: Subject;
let dynamo: DynamoDBDocumentClient;

beforeAll(async () => {
  subject = await startSubject();
  dynamo = createDynamoClient();
});
afterAll(async () => {
  dynamo?.destroy();
  await subject?.stop();
});

const orders = 'marketplace-payment-transactions';
const users = 'marketplace-users';

/** Deletes the table; it is back, empty, when the test is over. */
async function drop(TableName: string): Promise<TableDescription> {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
  if (!Table) throw new Error(`no table ${TableName}`);
  await dynamo.send(new DeleteTableCommand({ TableName }));
  onTestFinished(async () => {
    // Another one may stand there by now.
    await dynamo.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
    await create(Table, Table.GlobalSecondaryIndexes);
  });
  return Table;
}

async function create(
  { TableName, KeySchema, AttributeDefinitions = [] }: TableDescription,
  indexes: TableDescription['GlobalSecondaryIndexes'] = [],
): Promise<void> {
  const keys = [KeySchema, ...indexes.map((index) => index.KeySchema)].flat();
  const isKey = (name?: string) => keys.some((key) => key?.AttributeName === name);
  const GlobalSecondaryIndexes = indexes.map((index) => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
  }));
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      KeySchema,
      AttributeDefinitions: AttributeDefinitions.filter((each) => isKey(each.AttributeName)),
      BillingMode: 'PAY_PER_REQUEST',
      ...(GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes } : {}),
    }),
  );
}

it('names a table that is gone', async () => {
  await drop('marketplace-payment-checkouts');
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [
      'tables | marketplace-payment-checkouts | there is no such table: deploy the stage again',
    ],
  });
});

it('names every index that a table has not', async () => {
  const table = await drop(orders);
  const rest = table.GlobalSecondaryIndexes?.filter(({ IndexName }) => IndexName === 'UserIndex');
  await create(table, rest);
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toMatch(new RegExp(`^tables \\| ${orders} \\| `));
  expect(wrong[0]).toContain('has no index OpenOrdersIndex on openShard, nextCheckAt');
  expect(wrong[0]).toContain('has no index DayIndex on dayShard, createdAt');
  expect(wrong[0]).toContain('has no index PhonePeOrderIndex on phonepeOrderId');
  expect(wrong[0]).not.toContain('UserIndex');
});

it('says how a table and its index are keyed, and how they should be', async () => {
  const table = await drop(users);
  await create(
    {
      ...table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'N' },
        { AttributeName: 'mail', AttributeType: 'S' },
      ],
    },
    [
      {
        IndexName: 'EmailIndex',
        KeySchema: [{ AttributeName: 'mail', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  );
  const { wrong } = await subject.examine();
  expect(wrong).toEqual([
    `tables | ${users} | the table is keyed by id (N); should be userId; ` +
      'the index EmailIndex is keyed by mail; should be email',
  ]);
});

it('looks for tables and indexes under the names that the stage has for them', async () => {
  const stage = z.looseObject({ tables: z.looseObject({}), indexes: z.looseObject({}) });
  await subject.keep(environmentSecret, (value) => {
    const { tables, indexes, ...others } = stage.parse(value);
    return {
      ...others,
      tables: { ...tables, checkouts: 'other-checkouts' },
      indexes: { ...indexes, usersByEmail: 'ByEmail' },
    };
  });
  const { wrong } = await subject.examine();
  expect(wrong).toEqual([
    expect.stringMatching(/^tables \| marketplace-users \| has no index ByEmail on email/),
    expect.stringMatching(/^tables \| other-checkouts \| there is no such table/),
  ]);
});
