import { expect, it } from 'vitest';
import { expectedSettlementDate } from './settlement-date.ts';

it.each([
  ['a Sunday payment settles on Tuesday', '2025-11-23T10:00:00.000Z', '2025-11-25'],
  ['late evening UTC is the next day in India', '2025-11-24T18:30:00.000Z', '2025-11-27'],
  ['one millisecond earlier is still that day', '2025-11-24T18:29:59.999Z', '2025-11-26'],
  ['the fourth Saturday and Sunday are skipped', '2025-11-20T10:00:00.000Z', '2025-11-24'],
  ['the third Saturday is a bank day', '2025-11-13T10:00:00.000Z', '2025-11-15'],
  ['the second Saturday is none', '2025-11-06T10:00:00.000Z', '2025-11-10'],
])('%s', (_promise, completedAt, expected) => {
  expect(expectedSettlementDate(new Date(completedAt))).toBe(expected);
});

it('skips configured holidays', () => {
  const holidays = ['2025-11-24', '2025-11-25'];
  expect(expectedSettlementDate(new Date('2025-11-23T10:00:00.000Z'), holidays)).toBe('2025-11-27');
});
