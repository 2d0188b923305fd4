import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import {
  addDays,
  dayOf,
  formatAgo,
  formatMoney,
  formatTime,
  parseMoney,
  shortenId,
} from './format.ts';
import { holdRows } from './use-held.ts';

const nowMs = Date.parse('2026-11-28T08:32:11.400Z');

describe('a moment', () => {
  it.each([
    ['2026-11-28T08:29:11.000Z', '13:59:11 IST', '3 min ago'],
    ['2026-11-28T08:32:11.000Z', '14:02:11 IST', 'just now'],
    ['2026-11-28T10:32:12.000Z', '16:02:12 IST', 'in 2 h'],
    // Yesterday in India, though the same day in UTC.
    ['2026-11-27T18:29:59.000Z', '27 Nov 2026, 23:59:59 IST', '14 h ago'],
    ['2026-09-01T00:00:00.000Z', '1 Sep 2026, 05:30:00 IST', '88 d ago'],
    ['never', 'never', ''],
  ])('%s is told in India, with its age', (iso, time, ago) => {
    expect(formatTime(iso, nowMs)).toBe(time);
    expect(formatAgo(iso, nowMs)).toBe(ago);
  });

  it('belongs to a day in India, from which days are counted', () => {
    expect(dayOf(new Date('2026-11-27T18:30:00Z'))).toBe('2026-11-28');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });
});

describe('money', () => {
  it('is written from paisa the Indian way', () => {
    expect([29_900, 1_00_00_000, 1, -500].map(formatMoney)).toEqual([
      ...['₹299.00', '₹1,00,000.00', '₹0.01', '-₹5.00'],
    ]);
  });

  it('that an operator has typed is the paisa that were meant, or none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (paisa) => {
        expect(parseMoney(formatMoney(paisa))).toBe(paisa);
      }),
    );
    expect(['299', '299.5', ' 1,299.50 '].map(parseMoney)).toEqual([29_900, 29_950, 129_950]);
    for (const typed of ['', '-1', '1e3', '2.999', '1.', 'abc', '0x10']) {
      expect(parseMoney(typed), typed).toBeUndefined();
    }
  });
});

it('an id is shortened in its middle, and never a short one', () => {
  expect(shortenId('txn_01jd4w9abcdefgh9f3k2m')).toBe('txn_01jd4w9…9f3k2m');
  expect(shortenId('txn_1')).toBe('txn_1');
});

describe('rows that stand still', () => {
  const hold = (keys: readonly string[] | undefined, latest: string[]) =>
    holdRows(keys, latest, (key) => key);

  it('count what is new and show it on demand; what goes, goes', () => {
    expect(hold(['b', 'c'], ['a', 'b', 'c'])).toMatchObject({ rows: ['b', 'c'], came: 1 });
    expect(hold(undefined, ['a', 'b', 'c'])).toMatchObject({ rows: ['a', 'b', 'c'], came: 0 });
    expect(hold(['b', 'c'], ['a', 'c'])).toMatchObject({ rows: ['c'], came: 1 });
    // A further page.
    expect(hold(['b', 'c'], ['a', 'b', 'c', 'd'])).toMatchObject({ rows: ['b', 'c', 'd'] });
  });

  it('keep their order, whatever comes', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }));
    fc.assert(
      fc.property(keys, keys, (before, latest) => {
        const { rows } = hold(before, latest);
        const stayed = before.filter((key) => latest.includes(key));
        expect(rows.slice(0, stayed.length)).toEqual(stayed);
      }),
    );
  });
});

it('a file for a spreadsheet holds what it was given, and no formula', () => {
  expect(
    toCsv([
      ['a', 1],
      ['x"y,z', '=1+1'],
      ['-2', -2],
      ['\n=1', '＝1'],
    ]),
  ).toBe('a,1\r\n"x""y,z",\'=1+1\r\n\'-2,-2\r\n"\'\n=1",\'＝1\r\n');
});
