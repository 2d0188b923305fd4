import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import type { TableKey } from '@cloudnestle/topology/types';

/** What one BatchWriteItem takes. */
const BATCH = 25;
const BATCHES_AT_ONCE = 4;

/** Puts `count` rows into a table. Told the share that is written, 0 to 1. */
export async function writeRows(
  { dynamo, topology }: TestCloud,
  table: TableKey,
  { count, buildRow }: { count: number; buildRow(index: number): Record<string, unknown> },
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const { name } = topology.tables[table];
  const starts = Array.from({ length: Math.ceil(count / BATCH) }, (_, batch) => batch * BATCH);
  await mapConcurrently(starts, BATCHES_AT_ONCE, async (start) => {
    const requests = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) => ({
      PutRequest: { Item: buildRow(start + index) },
    }));
    const answer = await dynamo.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
    if (answer.UnprocessedItems?.[name]?.length) throw new Error(`${name} took only some rows`);
    onProgress((start + requests.length) / count);
  });
}
