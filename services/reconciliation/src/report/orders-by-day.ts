import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import { indexShardCount } from '@cloudnestle/topology/shards';
import * as z from 'zod';
import type { DayRange } from './read-range.ts';

type Item = Record<string, unknown>;

/** Where an order stands in the index by day. */
export interface DayPosition {
  dayShard: string;
  createdAt: string;
  transactionId: string;
}

/** Rows of a range of days, the latest first, page by page; `after` goes on behind one of them. */
export type ListOrders = (range: DayRange, after?: DayPosition) => AsyncIterable<Item[]>;

/** Reads through the index by day, never through the table. The index lags a little behind the rows. */
export function createListOrders(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}): ListOrders {
  const { dynamo, table, index } = deps;
  return async function* list({ from, to, days }, after) {
    const shards = days.flatMap((day) => dayShardKeys(day, indexShardCount));
    const start = after ? shards.indexOf(after.dayShard) : 0;
    if (start < 0) throw new RangeError('the position is in none of the days');
    for (const dayShard of shards.slice(start)) {
      const pages = paginateQuery(
        {
          client: dynamo,
          ...(after?.dayShard === dayShard ? { startingToken: { ...after } } : {}),
        },
        {
          TableName: table,
          IndexName: index,
          KeyConditionExpression: 'dayShard = :shard',
          ExpressionAttributeValues: { ':shard': dayShard },
          ScanIndexForward: false,
        },
      );
      for await (const { Items = [] } of pages) yield Items.filter((item) => isWithin(item));
    }

    // Here and not in the query: rows of the replaced system spell times in ways that do not compare as text.
    function isWithin({ createdAt }: Item): boolean {
      const at = new Date(String(createdAt)).getTime();
      return Number.isNaN(at) || (at >= from.getTime() && at <= to.getTime());
    }
  };
}

const positionSchema = z.strictObject({
  dayShard: z.string().min(1),
  createdAt: z.string().min(1),
  transactionId: z.string().min(1),
});

/** A position as the page hands it back: opaque to it, and nothing that a caller may not know. */
export function writeCursor(position: DayPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws a 400 for what no page of this range was given. */
export function readCursor(cursor: string, { days }: Pick<DayRange, 'days'>): DayPosition {
  const parsed = positionSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  const shards = days.flatMap((day) => dayShardKeys(day, indexShardCount));
  if (parsed.success && shards.includes(parsed.data.dayShard)) return parsed.data;
  throw invalidRequest([{ field: 'cursor', message: 'must be the next_cursor of an answer' }]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
