import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { defaultIndexNames, tables } from '@cloudnestle/topology/tables';
import { expect, it } from 'vitest';
import { judgeTable } from './judge-table.ts';

const strings = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
const index = {
  IndexName: 'TokenIndex',
  IndexStatus: 'ACTIVE' as const,
  KeySchema: [{ AttributeName: 'token', KeyType: 'HASH' as const }],
};
const sound: TableDescription = {
  TableStatus: 'ACTIVE',
  KeySchema: [
    { AttributeName: 'sk', KeyType: 'RANGE' },
    { AttributeName: 'pk', KeyType: 'HASH' },
  ],
  AttributeDefinitions: strings('pk', 'sk', 'token'),
  GlobalSecondaryIndexes: [index, { ...index, IndexName: 'OfSomebodyElse' }],
};
const judgeIt = (table: TableDescription | undefined, names = defaultIndexNames) =>
  judgeTable(table, tables.entitlements, names);

it('takes a table with more indexes than needed', () => {
  expect(judgeIt(sound)).toEqual({ result: 'ok', words: ['indexes TokenIndex'] });
});

it('knows an index under the name that the stage has for it', () => {
  const names = { ...defaultIndexNames, entitlementsByToken: 'OfSomebodyElse' };
  expect(judgeIt(sound, names).words).toEqual(['indexes OfSomebodyElse']);
});

it.each([
  [{ TableStatus: 'DELETING' as const }, 'the table is DELETING; should be ACTIVE'],
  [
    { GlobalSecondaryIndexes: [{ ...index, IndexStatus: 'CREATING' as const }] },
    'the index TokenIndex is CREATING; should be ACTIVE',
  ],
  [
    { GlobalSecondaryIndexes: [] },
    'has no index TokenIndex on token: deploy the stage again, or payments backfill',
  ],
  [
    { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }] },
    'the table is keyed by pk; should be pk, sk',
  ],
  [
    {
      AttributeDefinitions: [
        ...strings('pk', 'token'),
        { AttributeName: 'sk', AttributeType: 'N' as const },
      ],
    },
    'the table is keyed by pk, sk (N); should be pk, sk',
  ],
  [{ KeySchema: undefined }, 'the table is keyed by nothing; should be pk, sk'],
])('says what is and what should be: %j', (damage, words) => {
  expect(judgeIt({ ...sound, ...damage })).toEqual({ result: 'wrong', words: [words] });
});

it('is wrong where there is no table', () => {
  expect(judgeIt(undefined).result).toBe('wrong');
});
