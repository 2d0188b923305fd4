import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndexDescription,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LocalRun } from '@cloudnestle/dev/start';
import { chunk } from '@cloudnestle/operations/chunk';
import { tables } from '@cloudnestle/topology/tables';
import type { TableKey } from '@cloudnestle/topology/types';

export type Index = Pick<GlobalSecondaryIndexDescription, 'IndexName' | 'KeySchema' | 'Projection'>;
export type Row = Record<string, unknown>;

/** What a table is to be like; what is left out stays as it is. */
export interface Wanted {
  rows?: readonly Row[];
  indexes?: readonly Index[];
  billing?: 'PAY_PER_REQUEST' | 'PROVISIONED';
}

const BATCH = 25;
const capacity = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };

/** Makes tables as an earlier system would have left them, past every service. */
export function createOldTables(run: LocalRun) {
  const client = new DynamoDBClient({ endpoint: run.awsEndpoint });
  const documents = DynamoDBDocumentClient.from(client);

  async function describe(TableName: string) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (!Table) throw new Error(`no table ${TableName}`);
    return Table;
  }

  async function rowsOf(TableName: string): Promise<Row[]> {
    const rows: Row[] = [];
    const pages = paginateScan({ client: documents }, { TableName });
    for await (const { Items = [] } of pages) rows.push(...Items);
    return rows;
  }

  /** Writes a table anew. Keys are strings throughout. */
  async function rebuild(TableName: string, wanted: Wanted): Promise<void> {
    const { KeySchema = [], GlobalSecondaryIndexes = [] } = await describe(TableName);
    const { rows = await rowsOf(TableName), billing = 'PAY_PER_REQUEST' } = wanted;
    const indexes = wanted.indexes ?? GlobalSecondaryIndexes;
    const keys = [...KeySchema, ...indexes.flatMap((index) => index.KeySchema ?? [])];
    const throughput = billing === 'PROVISIONED' ? { ProvisionedThroughput: capacity } : {};
    await client.send(new DeleteTableCommand({ TableName }));
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema,
        AttributeDefinitions: [...new Set(keys.map((key) => key.AttributeName))].map(
          (AttributeName) => ({ AttributeName, AttributeType: 'S' }),
        ),
        BillingMode: billing,
        ...throughput,
        ...(indexes.length > 0
          ? {
              GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({
                IndexName,
                KeySchema,
                Projection,
                ...throughput,
              })),
            }
          : {}),
      }),
    );
    for (const batch of chunk(rows, BATCH)) {
      const puts = batch.map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
    }
  }

  return {
    rebuild,
    describe,
    /** The rows of a table of the topology, as they are stored. */
    rows: (table: TableKey) => rowsOf(tables[table].name),
    drop: (table: TableKey) =>
      client.send(new DeleteTableCommand({ TableName: tables[table].name })),
    stop: () => client.destroy(),
  };
}
export type OldTables = ReturnType<typeof createOldTables>;
