import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { WALK_KEY } from '@cloudnestle/contracts/items/operation';
import type { LocalRun } from '@cloudnestle/dev/start';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';

/** As if the lease of a killed walk were over. */
export async function freeQueue(run: LocalRun, queue: string): Promise<void> {
  const TableName = run.topology.tables.operations.name;
  const Key = { pk: `${WALK_KEY}${queue}`, sk: 'WALK' };
  await createDynamoClient().send(new DeleteCommand({ TableName, Key }));
}
