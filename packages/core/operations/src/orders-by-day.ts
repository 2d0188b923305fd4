import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { ReportRequest } from '@cloudnestle/contracts/http/reconciliation-report';
import { parseJson } from '@cloudnestle/contracts/json';
import { addMs } from '@cloudnestle/payments/clock';
import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay, istMidnight } from '@cloudnestle/payments/ist';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import { indexShardCount } from '@cloudnestle/topology/tables';
import * as z from 'zod';

/** More would not be read within one answer. */
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

/** A span of orders by their creation, both ends included, the last one with its whole precision. */
export interface DayRange {
  from: Date;
  to: Date;
  /** The days in India that it touches, the latest first. */
  days: readonly string[];
}

/** Reads the two ends of a report's range. Throws a 400 where they make no sense. */
export function readRange({
  startDate,
  endDate,
}: Pick<ReportRequest, 'startDate' | 'endDate'>): DayRange {
  const from = isDay(startDate) ? istMidnight(startDate) : new Date(startDate);
  const to = isDay(endDate) ? addMs(istMidnight(endDate), DAY_MS - 1) : endOfMoment(endDate);
  if (from > to)
    throw invalidRequest([{ field: 'endDate', message: 'must not be before the start' }]);
  const days = listDays(from, to);
  if (days.length > MOST_DAYS) {
    throw invalidRequest([
      { field: 'endDate', message: `must be within ${MOST_DAYS} days of the start` },
    ]);
  }
  return { from, to, days };
}

function isDay(text: string): boolean {
  return text.length === 'yyyy-mm-dd'.length;
}

/**
 * The last millisecond of what the text names: 18:29:59 is that whole second. So a range that ends there and the next one,
 * from 18:30:00 on, leave no order between them.
 */
function endOfMoment(text: string): Date {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const lastsMs = 10 ** Math.max(0, 3 - fraction.length);
  return addMs(new Date(text), lastsMs - 1);
}

function listDays(from: Date, to: Date): string[] {
  const days: string[] = [];
  const last = istDay(to);
  for (let at = from; days.length <= MOST_DAYS && istDay(at) <= last; at = addMs(at, DAY_MS)) {
    days.push(istDay(at));
  }
  return days.toReversed();
}

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
