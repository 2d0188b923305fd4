import type { QuotaDay } from '../dependencies.ts';
import type { NextCount } from '../usage.ts';

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
