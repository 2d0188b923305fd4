import {
  DescribeTableCommand,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';

/** Tables, as far as their indexes go. */
export interface TablePort {
  /** Undefined where there is no such table. What was changed a moment ago may not show yet. */
  describe(name: string): Promise<TableDescription | undefined>;
  /** Asks for one index and answers the table as it is from then on. */
  createIndex(
    table: string,
    index: TableDefinition['indexes'][number],
  ): Promise<TableDescription | undefined>;
}

export function createTablePort(dynamo: DynamoDBDocumentClient): TablePort {
  return {
    describe: async (TableName) => {
      try {
        return (await dynamo.send(new DescribeTableCommand({ TableName }))).Table;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    createIndex: async (TableName, { name, partitionKey, sortKey }) => {
      const keys = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
      const answer = await dynamo.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: keys.map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: name,
                KeySchema: keys.map((AttributeName, at) => ({
                  AttributeName,
                  KeyType: at === 0 ? ('HASH' as const) : ('RANGE' as const),
                })),
                Projection: { ProjectionType: 'ALL' },
              },
            },
          ],
        }),
      );
      return answer.TableDescription;
    },
  };
}
