import type { QuotaDay } from '../dependencies.ts';
import type { NextCount } from '../usage.ts';

/**
 * The write that counts one search. Each holds only while the record is as `readUsage` has seen it: of many at once just
 * as many as `limit` allows go through, and just one is a day's first.
 */
export function buildCount(next: NextCount, { today, tomorrow }: QuotaDay, limit: number) {
  switch (next) {
    case 'incrementNumber':
      return {
        UpdateExpression: 'SET dailyUsage = dailyUsage + :one',
        ConditionExpression:
          'attribute_type(dailyUsage, :number) AND dailyUsage < :limit AND (begins_with(lastUsageDate, :today) OR begins_with(lastUsageDate, :tomorrow))',
        ExpressionAttributeValues: {
          ':one': 1,
          ':number': 'N',
          ':limit': limit,
          ':today': today,
          ':tomorrow': tomorrow,
        },
      };
    case 'startNumber':
      return {
        UpdateExpression: 'SET dailyUsage = :one, lastUsageDate = :today',
        ConditionExpression:
          'attribute_exists(pk) AND NOT (attribute_type(dailyUsage, :number) AND (begins_with(lastUsageDate, :today) OR begins_with(lastUsageDate, :tomorrow)))',
        ExpressionAttributeValues: {
          ':one': 1,
          ':number': 'N',
          ':today': today,
          ':tomorrow': tomorrow,
        },
      };
    case 'incrementMap':
      return {
        UpdateExpression:
          'SET #usage.#days.#today = if_not_exists(#usage.#days.#today, :none) + :one',
        ConditionExpression:
          'attribute_type(#usage.#days, :map) AND (attribute_not_exists(#usage.#days.#today) OR #usage.#days.#today < :limit)',
        ExpressionAttributeNames: { ...mapNames, '#today': today },
        ExpressionAttributeValues: { ':none': 0, ':one': 1, ':map': 'M', ':limit': limit },
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
        ExpressionAttributeValues: {
          ':usage': { daily_usage: { [today]: 1 } },
          ':map': 'M',
        },
      };
  }
}

const mapNames = { '#usage': 'usage', '#days': 'daily_usage' };
