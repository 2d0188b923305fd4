import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { tables } from '@cloudnestle/topology/tables';
import { describe, expect, it } from 'vitest';
import { planTable } from './plan-indexes.ts';

describe('planTable', () => {
  const index = {
    IndexName: 'EmailIndex',
    IndexStatus: 'ACTIVE' as const,
    KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' as const }],
  };
  const strings = ['userId', 'email'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S' as const,
  }));
  const bare: TableDescription = {
    TableStatus: 'ACTIVE',
    KeySchema: [{ AttributeName: 'userId', KeyType: 'HASH' }],
    AttributeDefinitions: strings.slice(0, 1),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  };
  const whole = { ...bare, AttributeDefinitions: strings, GlobalSecondaryIndexes: [index] };
  const provisioned = { BillingModeSummary: undefined };

  it.each<[string, TableDescription]>([
    ['missing', bare],
    [
      'missing',
      { ...whole, GlobalSecondaryIndexes: [{ ...index, IndexStatus: 'DELETING' as const }] },
    ],
    [
      'being made',
      { ...whole, GlobalSecondaryIndexes: [{ ...index, IndexStatus: 'CREATING' as const }] },
    ],
    ['there', whole],
    ['there', { ...whole, TableStatus: 'UPDATING' as const }],
    // Nothing has to be made, so the backfill leaves its capacity alone.
    ['there', { ...whole, ...provisioned }],
  ])('an index is %s', (state, found) => {
    expect(planTable(found, tables.users)).toEqual({
      problems: [],
      indexes: [{ table: 'marketplace-users', index: 'EmailIndex', keys: 'email', state }],
    });
  });

  it.each([
    [undefined, 'there is no table marketplace-users: none is made here'],
    [{ ...bare, TableStatus: 'ARCHIVED' as const }, 'the table marketplace-users is ARCHIVED'],
    [
      { ...whole, KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' as const }] },
      'the table marketplace-users is keyed by email; should be userId',
    ],
    [
      {
        ...whole,
        GlobalSecondaryIndexes: [
          { ...index, KeySchema: [{ AttributeName: 'userId', KeyType: 'HASH' as const }] },
        ],
      },
      'the index EmailIndex of marketplace-users is keyed by userId; should be email',
    ],
    [
      {
        ...bare,
        AttributeDefinitions: [
          ...strings.slice(0, 1),
          { AttributeName: 'email', AttributeType: 'N' as const },
        ],
      },
      'the table marketplace-users declares email as N; should be S',
    ],
    [
      { ...bare, ...provisioned },
      expect.stringContaining('--table-name marketplace-users --billing-mode PAY_PER_REQUEST'),
    ],
  ])('a person has to put right: %#', (found, problem) => {
    expect(planTable(found, tables.users).problems).toEqual([problem]);
  });
});
