import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import { indexShardCount } from '@cloudnestle/topology/shards';
import * as z from 'zod';
import type { DayPosition } from './orders-by-day.ts';
import type { DayRange } from './read-range.ts';

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
