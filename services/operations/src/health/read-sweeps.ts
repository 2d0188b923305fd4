import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import { openShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { schedules } from '@cloudnestle/topology/routes';
import { indexShardCount } from '@cloudnestle/topology/tables';
import type { ScheduledFunctionName } from '@cloudnestle/topology/types';
import type { Desk } from '../desk/connect-desk.ts';

type SweepRun = Exclude<HealthResponse['sweeps'], { unread: string }>[number];

/** Work that has been due for so many runs was not taken up by any of them. */
const LATE_AFTER_RUNS = 5;

/**
 * How each schedule is, by what its tables prove: a sweep that does not run leaves work that has long been due. Revenue keeps
 * when it counted today.
 */
export function readSweeps(desk: Desk): Promise<SweepRun[]> {
  const now = desk.platform.now().getTime();
  return Promise.all(
    schedules.map(async ({ name, everyMinutes, function: of }): Promise<SweepRun> => {
      const { oldestDueAt, lastRunAt } = await readTrace(desk, of);
      const since = oldestDueAt ?? lastRunAt;
      const silentMs = since === undefined ? 0 : now - Date.parse(since);
      return {
        name,
        everyMinutes,
        ...(lastRunAt === undefined ? {} : { lastRunAt }),
        ...(oldestDueAt !== undefined && Date.parse(oldestDueAt) < now ? { oldestDueAt } : {}),
        isLate: silentMs > everyMinutes * LATE_AFTER_RUNS * 60_000,
      };
    }),
  );
}

async function readTrace(
  { stage, revenue, platform, sources }: Desk,
  of: ScheduledFunctionName,
): Promise<{ oldestDueAt?: string | undefined; lastRunAt?: string | undefined }> {
  const { tables, indexes } = stage;
  const findOldest = (table: string, index: string, sortKey: string) =>
    findFirst(sources.orderIndex.dynamo, { table, index, sortKey });
  switch (of) {
    case 'sweep':
      return {
        oldestDueAt: await findOldest(tables.transactions, indexes.openOrders, 'nextCheckAt'),
      };
    case 'refundSweep':
      return { oldestDueAt: await findOldest(tables.refunds, indexes.openRefunds, 'nextCheckAt') };
    case 'invoiceSweep':
      return { oldestDueAt: await findOldest(tables.invoices, indexes.openDocuments, 'openSince') };
    case 'revenue': {
      const today = istDay(platform.now());
      return { lastRunAt: (await revenue.list({ from: today, to: today }))[0]?.countedAt };
    }
  }
}

/** The least sort key of an index of open work; undefined where there is none. */
async function findFirst(
  dynamo: DynamoDBDocumentClient,
  { table, index, sortKey }: { table: string; index: string; sortKey: string },
): Promise<string | undefined> {
  const firsts = await Promise.all(
    openShardKeys(indexShardCount).map(async (shard) => {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: 'openShard = :shard',
          ExpressionAttributeValues: { ':shard': shard },
          Limit: 1,
        }),
      );
      const first: unknown = Items[0]?.[sortKey];
      return typeof first === 'string' ? [first] : [];
    }),
  );
  return firsts.flat().toSorted()[0];
}
