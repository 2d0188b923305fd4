import { judgeTable } from '@cloudnestle/topology/judge/table';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import { expect, it } from 'vitest';
import { nameTables, readTable } from './stage-tables.ts';

const [users] = nameTables({
  tables: { ...defaultTableNames, users: 'marketplace-users-prod' },
  indexes: { ...defaultIndexNames, usersByEmail: 'ByEmail' },
}).filter(({ name }) => name === 'marketplace-users-prod');

it('means the tables and indexes that the stage names, with the keys of the topology', () => {
  expect(users).toEqual({
    name: 'marketplace-users-prod',
    partitionKey: 'userId',
    indexes: [{ name: 'ByEmail', partitionKey: 'email' }],
  });
});

it('reads a table as DynamoDB describes it: its keys in any order, their types, its indexes', () => {
  const table = readTable({
    KeySchema: [
      { AttributeName: 'day', KeyType: 'RANGE' },
      { AttributeName: 'id', KeyType: 'HASH' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'N' },
      { AttributeName: 'day', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByEmail',
        KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  expect(users && judgeTable(table, users)).toEqual([
    { fact: 'keys', index: undefined, words: 'is keyed by id (N), day; should be userId' },
    { fact: 'keys', index: 'ByEmail', words: 'is keyed by day; should be email' },
    {
      fact: 'projection',
      index: 'ByEmail',
      words: 'holds KEYS_ONLY of an item; should hold ALL',
    },
  ]);
});
