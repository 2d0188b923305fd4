import { readUsage } from '@cloudnestle/entitlements/validation/usage';
import { expect, test } from 'vitest';
import { buildRecord, tokenOf } from './records.ts';

const day = { today: '2025-11-23', tomorrow: '2025-11-24' };

test('a put back record has no searches of the day, and the next one is counted on top', () => {
  const item = buildRecord('registered', 7, day.today);
  expect(readUsage({ item, isByUserId: true }, day)).toEqual({ used: 0, next: 'incrementNumber' });
});

test('every user has a token and a record of their own, the same whenever they are put back', () => {
  const users = (['registered', 'pro'] as const).flatMap((searcher) =>
    Array.from({ length: 50 }, (_, index) => ({
      token: tokenOf(searcher, index),
      record: buildRecord(searcher, index, day.today),
    })),
  );
  expect(new Set(users.map(({ token }) => token)).size).toBe(100);
  expect(new Set(users.map(({ record }) => record.pk)).size).toBe(100);
  expect(users.every(({ token, record }) => record.token === token)).toBe(true);
  expect(buildRecord('pro', 7, day.today)).toEqual(buildRecord('pro', 7, day.today));
});
