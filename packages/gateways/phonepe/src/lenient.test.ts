import { describe, expect, it } from 'vitest';
import {
  amount,
  optionalAmount,
  optionalText,
  parseJsonKeepingDigits,
  readMoment,
  text,
} from './lenient.ts';

describe('a moment in any spelling is the same moment', () => {
  const spellings: unknown[] = [
    1753338026000,
    1753338026,
    '1753338026000',
    '1753338026',
    ' 1753338026000 ',
    '2025-07-24T06:20:26Z',
    '2025-07-24T06:20:26.000Z',
    '2025-07-24T11:50:26+05:30',
    '2025-07-24T06:20:26',
    '2025-07-24 06:20:26.000',
  ];
  it.each(spellings)('%j', (spelling) => {
    expect(readMoment(spelling)?.toISOString()).toBe('2025-07-24T06:20:26.000Z');
  });

  it('keeps milliseconds', () => {
    expect(readMoment('2025-10-14T09:26:53.589Z')?.toISOString()).toBe('2025-10-14T09:26:53.589Z');
    expect(readMoment(1752739938185)?.toISOString()).toBe('2025-07-17T08:12:18.185Z');
  });

  const unreadable: unknown[] = [
    undefined,
    null,
    '',
    'yesterday',
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    121211331,
    '2525-01-01T00:00:00Z',
    '2025-13-45',
    {},
    [1753338026000],
    true,
  ];
  it.each(unreadable)('%j is no moment of a payment', (value) => {
    expect(readMoment(value)).toBeUndefined();
  });
});

describe('money', () => {
  it.each([
    [29900, 29900],
    ['29900', 29900],
    [0, 0],
    ['0', 0],
  ])('%j is %d paisa', (written, paisa) => {
    expect(amount.parse(written)).toBe(paisa);
  });

  it('of more digits than money has is not taken for money', () => {
    expect(amount.safeParse(parseJsonKeepingDigits('90071992547409930')).success).toBe(false);
  });

  it.each([299.5, '299.00', '', ' ', '1e3', '-1', -1, null, undefined, {}, 2 ** 60])(
    '%j is not taken for money',
    (written) => {
      expect(amount.safeParse(written).success).toBe(false);
      expect(optionalAmount.parse(written)).toBeUndefined();
    },
  );
});

describe('a reference', () => {
  it.each(['', '  ', null, undefined, {}, [], true])('%j counts as absent', (value) => {
    expect(optionalText.parse(value)).toBeUndefined();
  });

  it.each([
    ['U+FFFF', 'UTR\uFFFF1'],
    ['half of an emoji', 'UTR\uD83D'],
    ['a control character', 'UTR\u0007'],
  ])('has no reference with %s in it: no event would carry it', (_what, value) => {
    expect(optionalText.parse(value)).toBeUndefined();
  });

  it('makes a state fit into an event, so that no payment fails for its spelling', () => {
    expect(text.parse('PAID\uFFFF\u001B[2J')).toBe('PAID\uFFFD\uFFFD[2J');
    expect(text.parse('x'.repeat(100_000))).toHaveLength(256);
    expect(text.safeParse('  ').success).toBe(false);
  });

  it('keeps leading zeros of text and spells numbers out', () => {
    expect(optionalText.parse('000001')).toBe('000001');
    expect(optionalText.parse(520000000001)).toBe('520000000001');
  });

  it.each([
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '9007199254740993'],
    ['74839201746538291047382', '74839201746538291047382'],
    ['-9007199254740993', '-9007199254740993'],
    ['1.5', undefined],
    ['1e25', undefined],
    ['9007199254740993.0', undefined],
  ])('sent as the JSON number %s is %s: the exact digits, or absent', (sent, kept) => {
    expect(optionalText.parse(parseJsonKeepingDigits(sent))).toBe(kept);
    expect(parseJsonKeepingDigits(`{"deep":[{"id":${sent}}]}`)).toHaveProperty(
      'deep.0.id',
      kept === undefined ? Number(sent) : expect.anything(),
    );
  });
});

describe('a body', () => {
  it('that is no JSON is undefined', () => {
    for (const body of ['', 'R999', '<html></html>', '{"a":']) {
      expect(parseJsonKeepingDigits(body)).toBeUndefined();
    }
  });

  it('that is nested deeper than it can be walked through is undefined', () => {
    expect(parseJsonKeepingDigits('['.repeat(200_000) + ']'.repeat(200_000))).toBeUndefined();
  });

  it('that repeats a key is read', () => {
    expect(parseJsonKeepingDigits('{"refundId":"a","refundId":"b"}')).toEqual({ refundId: 'b' });
  });
});
