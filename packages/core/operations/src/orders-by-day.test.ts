import { expect, it } from 'vitest';
import { readRange } from './orders-by-day.ts';

const startDate = '2026-10-10T18:30:00Z';

it.each([
  ['2026-10-11', '2026-10-11T18:29:59.999Z'],
  ['2026-10-11T18:29:59Z', '2026-10-11T18:29:59.999Z'],
  ['2026-10-11T23:59:59+05:30', '2026-10-11T18:29:59.999Z'],
  ['2026-10-11T18:29:59.9Z', '2026-10-11T18:29:59.999Z'],
  ['2026-10-11T18:29:59.12Z', '2026-10-11T18:29:59.129Z'],
  ['2026-10-11T18:29:59.123Z', '2026-10-11T18:29:59.123Z'],
  ['2026-10-11T18:29:59.123456Z', '2026-10-11T18:29:59.123Z'],
])('an end of %s belongs to the range with its whole precision', (endDate, last) => {
  expect(readRange({ startDate, endDate }).to.toISOString()).toBe(last);
});

it('a start that names a second begins with it', () => {
  const { from } = readRange({ startDate, endDate: '2026-10-11' });
  expect(from.toISOString()).toBe('2026-10-10T18:30:00.000Z');
});
