import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';
import type { Pace } from '../../letters/create-pace.ts';
import { collectUnfit, type UnfitRows } from './collect-unfit.ts';

export interface ScanOptions {
  dynamo: DynamoDBDocumentClient;
  pace: Pace;
  onProgress(looked: number): void;
}

const PAGE = 100;

/**
 * Finds rows in which a key of the indexes is there and is no text. DynamoDB leaves them out of a new index, and from
 * then on refuses every write of them, whoever writes: such an index must not be made.
 */
export async function findUnfitRows(
  { dynamo, pace, onProgress }: ScanOptions,
  table: TableDefinition,
  indexes: TableDefinition['indexes'],
): Promise<UnfitRows[]> {
  const attributes = [...new Set(indexes.flatMap(listKeys))];
  const unfit = collectUnfit(listKeys(table), attributes);
  const names = [...new Set([...listKeys(table), ...attributes])];
  const pages = paginateScan(
    { client: dynamo, pageSize: PAGE },
    {
      TableName: table.name,
      ProjectionExpression: names.map((_, at) => `#n${at}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
    },
  );
  let looked = 0;
  for await (const { Items = [] } of pages) {
    for (const item of Items) unfit.note(item);
    looked += Items.length;
    onProgress(looked);
    if (!(await pace(Items.length))) break;
  }
  return unfit.list();
}

/** The names of a table's or an index's keys. */
export function listKeys({ partitionKey, sortKey }: { partitionKey: string; sortKey?: string }) {
  return sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
}
