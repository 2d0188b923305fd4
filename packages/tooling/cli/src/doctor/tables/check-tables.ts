import { DescribeTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { tables } from '@cloudnestle/topology/tables';
import type { Check } from '../check.ts';
import { deadline } from '../deadline.ts';
import { judgeTable } from './judge-table.ts';
import { listTables } from './list-tables.ts';

/** Every table with its keys and its indexes. */
export function checkTables(stage: EnvironmentSecret, dynamo: DynamoDBDocumentClient): Check[] {
  return listTables(stage).map(({ key, name }) => ({
    check: 'tables',
    subject: name,
    asks: 'dynamodb:DescribeTable',
    look: async () => judgeTable(await describe(dynamo, name), tables[key], stage.indexes),
  }));
}

async function describe(dynamo: DynamoDBDocumentClient, TableName: string) {
  try {
    return (await dynamo.send(new DescribeTableCommand({ TableName }), deadline())).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
