import { isMap, readEntitlement } from '../record/read-entitlement.ts';
import type { QuotaDay, TokenRecord } from './dependencies.ts';

/** How the next search is counted: on top of today's, as the day's first, or where there is no map yet. */
export type NextCount =
  | 'incrementNumber'
  | 'startNumber'
  | 'incrementMap'
  | 'createDays'
  | 'createUsage';

export interface Usage {
  /** Today's searches. */
  used: number;
  next: NextCount;
}

/**
 * What a record says of today's searches: `dailyUsage` with its date, or the map `usage.daily_usage`, as the record's own
 * shape has it (mission, DynamoDB Tables 3). What cannot be read counts as no search.
 */
export function readUsage(record: Pick<TokenRecord, 'item' | 'isByUserId'>, day: QuotaDay): Usage {
  const { item, isByUserId } = record;
  if (readEntitlement(item, isByUserId).counts === 'map') return readMap(item.usage, day);
  const { dailyUsage, lastUsageDate } = item;
  return typeof dailyUsage === 'number' && isCurrent(lastUsageDate, day)
    ? { used: dailyUsage, next: 'incrementNumber' }
    : { used: 0, next: 'startNumber' };
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
  const used = usage.daily_usage[today];
  return { used: typeof used === 'number' ? used : 0, next: 'incrementMap' };
}
