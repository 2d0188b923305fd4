import { expect, test } from 'vitest';
import { listOwners } from './entitlement-records.ts';

test('a buyer is looked for under id, both spellings of the order’s email and of today’s, each once', () => {
  const row = { userId: 'u1', userEmail: 'Buyer@Example.com' };
  expect(listOwners(row, { email: 'new@example.com' })).toEqual([
    'u1',
    'Buyer@Example.com',
    'new@example.com',
    'buyer@example.com',
  ]);
  expect(listOwners({ ...row, userEmail: 'a@b.example' }, { email: 'a@b.example' })).toEqual([
    'u1',
    'a@b.example',
  ]);
});
