import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { tables } from '@cloudnestle/topology/tables';
import { describe, expect, it } from 'vitest';
import { examineBackups, examineTable } from './tables.ts';

describe('a table', () => {
  const index = {
    IndexName: 'TokenIndex',
    IndexStatus: 'ACTIVE' as const,
    KeySchema: [{ AttributeName: 'token', KeyType: 'HASH' as const }],
    Projection: { ProjectionType: 'ALL' as const },
  };
  const sound: TableDescription = {
    TableStatus: 'ACTIVE',
    KeySchema: [
      { AttributeName: 'sk', KeyType: 'RANGE' },
      { AttributeName: 'pk', KeyType: 'HASH' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'token'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      index,
      { ...index, IndexName: 'OfAnotherSystem', IndexStatus: 'CREATING' },
    ],
  };
  const examine = (table: TableDescription | undefined) => examineTable(table, tables.entitlements);

  it('is fine with more indexes than needed', () => {
    expect(examine(sound)).toEqual({ result: 'ok', words: ['indexes TokenIndex'] });
  });

  it.each([
    [{ TableStatus: 'DELETING' as const }, 'the table is DELETING; should be ACTIVE'],
    [
      { GlobalSecondaryIndexes: [{ ...index, IndexStatus: 'CREATING' as const }] },
      'the index TokenIndex is CREATING; should be ACTIVE',
    ],
    [
      { GlobalSecondaryIndexes: [] },
      'has no index TokenIndex on token: deploy the stage again, or ./payments backfill',
    ],
    [{ KeySchema: undefined }, 'the table is keyed by nothing; should be pk, sk'],
    [
      { GlobalSecondaryIndexes: [{ ...index, KeySchema: [] }] },
      'the index TokenIndex is keyed by nothing; should be token',
    ],
  ])('is judged by what DynamoDB says of it: %j', (damage, words) => {
    expect(examine({ ...sound, ...damage })).toEqual({ result: 'wrong', words: [words] });
  });

  it('is wrong where there is no table', () => {
    expect(examine(undefined).result).toBe('wrong');
  });
});

describe('backups', () => {
  it.each([
    ['ENABLED', true, 'ok', 'is on'],
    ['DISABLED', true, 'wrong', 'is off'],
    ['DISABLED', false, 'ok', 'is off'],
    [undefined, true, 'wrong', 'is off'],
  ] as const)('%s on production (%s) is %s', (status, isProduction, result, words) => {
    const verdict = examineBackups(status, { isProduction });
    expect(verdict).toEqual({ result, words: [expect.stringContaining(words)] });
  });
});
