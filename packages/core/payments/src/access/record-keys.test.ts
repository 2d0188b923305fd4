import { expect, test } from 'vitest';
import { emailRecordKeys, userRecordKey } from './record-keys.ts';

const names = (keys: { pk: string }[]) => keys.map(({ pk }) => pk);

test('a buyer’s records by email are looked for under both spellings of each address, each once', () => {
  const keys = emailRecordKeys(['Buyer@Example.com', 'new@example.com'], 'finder');
  expect(names(keys)).toEqual([
    'user#Buyer@Example.com',
    'user#buyer@example.com',
    'user#new@example.com',
  ]);
  expect(new Set(keys.map(({ sk }) => sk))).toEqual(new Set(['solution#finder']));
  expect(names(emailRecordKeys(['a@b.example', 'a@b.example', undefined], 'finder'))).toEqual([
    'user#a@b.example',
  ]);
});

test('an address that is only blanks leads to no record', () => {
  expect(emailRecordKeys([' ', ' a@b.example '], 'finder')).toEqual([
    { pk: 'user#a@b.example', sk: 'solution#finder' },
  ]);
});

test('the record by user id has a key of its own', () => {
  expect(userRecordKey('u1', 'finder')).toEqual({ pk: 'user#u1', sk: 'solution#finder' });
});
