import { expect, it } from 'vitest';
import {
  endOfSeries,
  financialYearOf,
  formatNumber,
  readNumber,
  SERIES_PREFIX,
  seriesOf,
} from './numbers.ts';

const inIndia = (text: string) => new Date(`${text}+05:30`);

it.each([
  ['2026-03-31T23:59:59.999', '25'],
  ['2026-04-01T00:00:00.000', '26'],
  ['2026-12-31T23:59:59.999', '26'],
  ['2027-01-01T00:00:00.000', '26'],
  ['2100-03-31T12:00:00.000', '99'],
])('%s in India is in the financial year that began in %s', (text, year) => {
  expect(financialYearOf(inIndia(text))).toBe(year);
});

it('begins each kind and each year at 1, in at most 16 characters', () => {
  const issuedAt = inIndia('2026-11-28T10:00:00.000');
  expect(formatNumber(seriesOf('INVOICE', issuedAt), 1)).toBe('INV26-0000001');
  expect(formatNumber(seriesOf('CREDIT_NOTE', issuedAt), 42)).toBe('CRN26-0000042');
  expect(formatNumber(seriesOf('INVOICE', issuedAt, 'TST'), 9_999_999)).toHaveLength(16);
  expect(() => formatNumber('INV26', 10_000_000)).toThrow(/from 1 to 9999999/);
  expect(() => formatNumber('INV26', 0)).toThrow();
  expect(SERIES_PREFIX.test('TEST')).toBe(false);
});

it('ends a series with the last moment of its financial year', () => {
  expect(endOfSeries('INV26')).toEqual(inIndia('2027-03-31T23:59:59.999'));
  expect(financialYearOf(endOfSeries('TINV99'))).toBe('99');
});

it('reads back what it wrote, in any case, and nothing else', () => {
  expect(readNumber(' inv26-0000042 ')).toEqual({ series: 'INV26', sequence: 42 });
  expect(readNumber('TSTCRN26-0000001')).toEqual({ series: 'TSTCRN26', sequence: 1 });
  expect(readNumber('txn_MP-1')).toBeUndefined();
  expect(readNumber('INV26-1')).toBeUndefined();
});
