import { describe, expect, it } from 'vitest';
import { tables } from '../tables.ts';
import { judgeBackups, judgeTable, type SeenIndex, type SeenTable } from './table.ts';

describe('a table', () => {
  const key = (name: string, type = 'S') => ({ name, type });
  const index: SeenIndex = {
    name: 'TokenIndex',
    partitionKey: key('token'),
    sortKey: undefined,
    projection: 'ALL',
  };
  const sound: SeenTable = {
    partitionKey: key('pk'),
    sortKey: key('sk'),
    indexes: [index, { ...index, name: 'OfAnotherSystem', projection: 'KEYS_ONLY' }],
  };
  const judge = (seen: SeenTable) => judgeTable(seen, tables.entitlements);

  it('may have more indexes than needed', () => {
    expect(judge(sound)).toEqual([]);
  });

  it.each([
    [{ indexes: [] }, undefined, 'has no index TokenIndex on token'],
    [{ sortKey: undefined }, undefined, 'is keyed by pk; should be pk, sk'],
    [{ sortKey: key('sk', 'N') }, undefined, 'is keyed by pk, sk (N); should be pk, sk'],
    [
      { partitionKey: undefined, sortKey: undefined },
      undefined,
      'is keyed by nothing; should be pk, sk',
    ],
    [
      { indexes: [{ ...index, sortKey: key('sk') }] },
      'TokenIndex',
      'is keyed by token, sk; should be token',
    ],
    [
      { indexes: [{ ...index, projection: 'KEYS_ONLY' }] },
      'TokenIndex',
      'holds KEYS_ONLY of an item; should hold ALL',
    ],
  ])('is wrong, in words that say what is and what should be: %j', (damage, of, words) => {
    expect(judge({ ...sound, ...damage })).toEqual([expect.objectContaining({ index: of, words })]);
  });
});

describe('backups', () => {
  it.each([
    [true, true, 0],
    [true, false, 0],
    [false, true, 1],
    [false, false, 0],
  ])(
    'point-in-time recovery %s (production: %s) makes %i problems',
    (isOn, isProduction, count) => {
      expect(judgeBackups(isOn, { isProduction })).toHaveLength(count);
    },
  );
});
