import { addMs } from '@cloudnestle/payments/clock';
import { utcDay } from '@cloudnestle/payments/ist';
import { isMap, readEntitlement } from '@cloudnestle/runtime/access/read-entitlement';
import type { QuotaDay, TokenRecord } from './dependencies.ts';

/** How the next search is counted: on top of today's, as the day's first, or where there is no map yet. */
type NextCount =
  | 'incrementNumber'
  | 'startNumber'
  | 'incrementMap'
  | 'startMapDay'
  | 'createDays'
  | 'createUsage';

interface Usage {
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
 * Today, or tomorrow as a machine whose clock is ahead has written it: no holder gets two days' searches around midnight.
 * A day further ahead is none that a search can have been counted on.
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

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The day that searches are counted for at a moment, and when the next one begins. */
export function quotaDayOf(now: Date, utcOffsetMinutes: number): QuotaDay & { resetsAt: Date } {
  const offsetMs = utcOffsetMinutes * MINUTE_MS;
  const local = addMs(now, offsetMs);
  const tomorrow = utcDay(addMs(local, DAY_MS));
  return {
    today: utcDay(local),
    tomorrow,
    resetsAt: addMs(new Date(`${tomorrow}T00:00:00.000Z`), -offsetMs),
  };
}

/** Holds for a count that `readUsage` can read and that is not of an earlier day. */
const isNumberCurrent =
  'attribute_type(dailyUsage, :number) AND dailyUsage >= :none AND (begins_with(lastUsageDate, :today) OR begins_with(lastUsageDate, :tomorrow))';

/**
 * The write that counts one search. Each holds only while the record is as `readUsage` has seen it: of many at once just
 * as many as `limit` allows go through, and just one is a day's first.
 */
export function buildCount(next: NextCount, { today, tomorrow }: QuotaDay, limit: number) {
  const numberValues = {
    ':one': 1,
    ':none': 0,
    ':number': 'N',
    ':today': today,
    ':tomorrow': tomorrow,
  };
  switch (next) {
    case 'incrementNumber':
      return {
        UpdateExpression: 'SET dailyUsage = dailyUsage + :one',
        ConditionExpression: `${isNumberCurrent} AND dailyUsage < :limit`,
        ExpressionAttributeValues: { ...numberValues, ':limit': limit },
      };
    case 'startNumber':
      return {
        UpdateExpression: 'SET dailyUsage = :one, lastUsageDate = :today',
        ConditionExpression: `attribute_exists(pk) AND NOT (${isNumberCurrent})`,
        ExpressionAttributeValues: numberValues,
      };
    case 'incrementMap':
      return {
        UpdateExpression:
          'SET #usage.#days.#today = if_not_exists(#usage.#days.#today, :none) + :one',
        ConditionExpression:
          'attribute_type(#usage.#days, :map) AND (attribute_not_exists(#usage.#days.#today) OR #usage.#days.#today BETWEEN :none AND :last)',
        ExpressionAttributeNames: { ...mapNames, '#today': today },
        ExpressionAttributeValues: { ':none': 0, ':one': 1, ':map': 'M', ':last': limit - 1 },
      };
    case 'startMapDay':
      return {
        UpdateExpression: 'SET #usage.#days.#today = :one',
        ConditionExpression:
          'attribute_exists(#usage.#days.#today) AND NOT (attribute_type(#usage.#days.#today, :number) AND #usage.#days.#today >= :none)',
        ExpressionAttributeNames: { ...mapNames, '#today': today },
        ExpressionAttributeValues: { ':none': 0, ':one': 1, ':number': 'N' },
      };
    case 'createDays':
      return {
        UpdateExpression: 'SET #usage.#days = :days',
        ConditionExpression:
          'attribute_type(#usage, :map) AND NOT attribute_type(#usage.#days, :map)',
        ExpressionAttributeNames: mapNames,
        ExpressionAttributeValues: { ':days': { [today]: 1 }, ':map': 'M' },
      };
    case 'createUsage':
      return {
        UpdateExpression: 'SET #usage = :usage',
        ConditionExpression: 'attribute_exists(pk) AND NOT attribute_type(#usage, :map)',
        ExpressionAttributeNames: { '#usage': mapNames['#usage'] },
        ExpressionAttributeValues: { ':usage': { daily_usage: { [today]: 1 } }, ':map': 'M' },
      };
  }
}

const mapNames = { '#usage': 'usage', '#days': 'daily_usage' };
