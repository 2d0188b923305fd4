import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCivilMonths } from './civil-months.ts';

const inIndia = (text: string) => new Date(`${text}+05:30`);

it.each([
  ['2025-01-15T10:00:00.000', 1, '2025-02-15T10:00:00.000'],
  ['2025-12-15T10:00:00.000', 1, '2026-01-15T10:00:00.000'],
  ['2025-01-31T10:00:00.000', 1, '2025-02-28T23:59:59.999'],
  ['2025-01-31T10:00:00.000', 2, '2025-03-31T10:00:00.000'],
  ['2024-01-31T10:00:00.000', 1, '2024-02-29T23:59:59.999'],
  ['2024-02-29T10:00:00.000', 12, '2025-02-28T23:59:59.999'],
  ['2024-02-29T10:00:00.000', 48, '2028-02-29T10:00:00.000'],
  // The first of the month in India is still the last of the one before in UTC.
  ['2025-03-01T01:00:00.000', 1, '2025-04-01T01:00:00.000'],
])('%s in India and %i months are %s', (from, months, expected) => {
  expect(addCivilMonths(inIndia(from), months)).toEqual(inIndia(expected));
});

const moments = fc
  .integer({ min: 0, max: 4 * 366 * 24 })
  .map((hour) => new Date(Date.UTC(2023, 11, 1, hour)));
const months = fc.integer({ min: 1, max: 24 });

it('never ends earlier for who begins later', () => {
  fc.assert(
    fc.property(moments, moments, months, (one, other, count) => {
      const [first, second] = one < other ? [one, other] : [other, one];
      expect(+addCivilMonths(second, count)).toBeGreaterThanOrEqual(+addCivilMonths(first, count));
    }),
  );
});

it('never gives less from the anchor day than from month to month', () => {
  fc.assert(
    fc.property(moments, months, months, (anchor, one, two) => {
      const step = addCivilMonths(addCivilMonths(anchor, one), two);
      expect(+addCivilMonths(anchor, one + two)).toBeGreaterThanOrEqual(+step);
    }),
  );
});
