import { isMap, readEntitlement } from '../record/read-entitlement.ts';
import type { QuotaDay, TokenRecord } from './dependencies.ts';

/** How the next search is counted: on top of today's, as the day's first, or where there is no map yet. */
export type NextCount =
  | 'incrementNumber'
  | 'startNumber'
  | 'incrementMap'
  | 'startMapDay'
  | 'createDays'
  | 'createUsage';

export interface Usage {
  /** Today's searches. */
  used: number;
  next: NextCount;
}

/**
 * What a record says of today's searches: `dailyUsage` with its date, or the map `usage.daily_usage`, as the record's own
 * shape has it; a record with both counts in the number, as the live code does. What cannot be
 * read counts as no search.
 */
export function readUsage(record: Pick<TokenRecord, 'item' | 'isByUserId'>, day: QuotaDay): Usage {
  const { item, isByUserId } = record;
  const { dailyUsage, lastUsageDate } = item;
  const countsNumber = typeof dailyUsage === 'number' || !isMapRecord(item, isByUserId);
  if (!countsNumber) return readMap(item.usage, day);
  const used = readCount(dailyUsage);
  return used !== undefined && isCurrent(lastUsageDate, day)
    ? { used, next: 'incrementNumber' }
    : { used: 0, next: 'startNumber' };
}

function isMapRecord(item: Record<string, unknown>, isByUserId: boolean): boolean {
  return readEntitlement(item, isByUserId).counts === 'map';
}

/** A part of a search is one; the SDK reads what is too large for a number as a bigint. */
function readCount(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && value >= 0 ? Math.ceil(value) : undefined;
}

/**
 * Today, or tomorrow as a machine whose clock is ahead has written it: nobody gets two days' searches around midnight.
 * What lies further ahead is nothing that anybody has searched at.
 */
function isCurrent(lastUsageDate: unknown, { today, tomorrow }: QuotaDay): boolean {
  if (typeof lastUsageDate !== 'string') return false;
  return lastUsageDate.startsWith(today) || lastUsageDate.startsWith(tomorrow);
}

function readMap(usage: unknown, { today }: QuotaDay): Usage {
  if (!isMap(usage)) return { used: 0, next: 'createUsage' };
  if (!isMap(usage.daily_usage)) return { used: 0, next: 'createDays' };
  const stored = usage.daily_usage[today];
  const used = readCount(stored);
  if (used !== undefined) return { used, next: 'incrementMap' };
  return { used: 0, next: stored === undefined ? 'incrementMap' : 'startMapDay' };
}
