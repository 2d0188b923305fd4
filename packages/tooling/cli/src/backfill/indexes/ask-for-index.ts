import {
  LimitExceededException,
  ResourceInUseException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';
import type { TablePort } from './table-port.ts';

/** Asks for an index and answers the table as it is from then on. `busy`: AWS is at another change. */
export async function askForIndex(
  tables: TablePort,
  tableName: string,
  index: TableDefinition['indexes'][number],
): Promise<TableDescription | undefined | 'busy' | 'not possible here'> {
  try {
    return (await tables.createIndex(tableName, index)) ?? (await tables.describe(tableName));
  } catch (error) {
    if (error instanceof LimitExceededException || error instanceof ResourceInUseException) {
      return 'busy';
    }
    if (isUnknown(error)) return 'not possible here';
    throw error;
  }
}

/** An endpoint without the operation, or one that knows no index without a capacity of its own: no AWS. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'UnknownOperationException' ||
    (error.name === 'ValidationException' && /create\.provisionedThroughput/.test(error.message))
  );
}
