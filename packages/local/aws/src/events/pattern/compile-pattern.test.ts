import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';

const event = {
  version: '0',
  source: 'shop.orders',
  'detail-type': 'OrderPaid',
  resources: ['arn:one', 'arn:two'],
  detail: {
    amount: 29900,
    currency: 'INR',
    code: 'file.TXT',
    star: 'a*b\\c',
    note: null,
    empty: '',
    test: false,
    buyer: { tier: 'pro', tags: ['new', 'vip'] },
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 5, gift: true },
    ],
    none: [],
  },
};

const inDetail = (detail: unknown) => ({ detail });

describe('an event pattern', () => {
  it.each([
    ['an exact value', { source: ['shop.orders'] }],
    ['any of several values', { source: ['shop.returns', 'shop.orders'] }],
    ['all of several fields', { source: ['shop.orders'], 'detail-type': ['OrderPaid'] }],
    ['a number, a boolean, null', inDetail({ amount: [29900], test: [false], note: [null] })],
    ['a number spelled otherwise', '{"detail":{"amount":[2.99e4]}}'],
    ['an empty text', inDetail({ empty: [''] })],
    ['one element of an array', { resources: ['arn:two'] }],
    ['a nested field', inDetail({ buyer: { tier: ['pro'], tags: ['vip'] } })],
    ['fields of one array element', inDetail({ lines: { sku: ['b'], count: [5] } })],
    ['prefix', { source: [{ prefix: 'shop.' }] }],
    ['suffix', { source: [{ suffix: '.orders' }] }],
    ['equals-ignore-case', inDetail({ code: [{ 'equals-ignore-case': 'FILE.txt' }] })],
    ['wildcard in the middle', { source: [{ wildcard: 'shop*ders' }] }],
    ['wildcard at both ends', { source: [{ wildcard: '*op.or*' }] }],
    ['wildcard alone', { source: [{ wildcard: '*' }] }],
    ['wildcard with escapes', inDetail({ star: [{ wildcard: 'a\\*b\\\\*' }] })],
    ['numeric =', inDetail({ amount: [{ numeric: ['=', 29900] }] })],
    ['numeric range', inDetail({ amount: [{ numeric: ['>', 100, '<=', 29900] }] })],
    ['numeric in an array', inDetail({ lines: { count: [{ numeric: ['>=', 5] }] } })],
    ['exists', inDetail({ currency: [{ exists: true }], note: [{ exists: true }] })],
    ['exists: false', inDetail({ coupon: [{ exists: false }] })],
    ['exists: false below what is missing', inDetail({ refund: { id: [{ exists: false }] } })],
    ['exists: false for an empty array', inDetail({ none: [{ exists: false }] })],
    ['exists: false for an object', inDetail({ buyer: [{ exists: false }] })],
    ['anything-but a value', { source: [{ 'anything-but': 'shop.returns' }] }],
    ['anything-but a list', inDetail({ amount: [{ 'anything-but': [1, 2] }] })],
    ['anything-but a prefix', { source: [{ 'anything-but': { prefix: 'bank.' } }] }],
    ['$or at the top', { $or: [{ source: ['x'] }, { 'detail-type': ['OrderPaid'] }] }],
    ['$or inside', inDetail({ $or: [{ amount: [1] }, { currency: ['INR'] }], test: [false] })],
    ['a value or its absence', inDetail({ coupon: ['x', { exists: false }] })],
  ])('matches by %s', (_how, pattern) => {
    expect(matches(pattern)).toBe(true);
  });

  it.each([
    ['another value', { source: ['shop.returns'] }],
    ['one field of two', { source: ['shop.orders'], 'detail-type': ['OrderFailed'] }],
    ['a number given as text', inDetail({ amount: ['29900'] })],
    ['text given as a number', inDetail({ currency: [29900] })],
    ['a missing field', inDetail({ coupon: ['x'] })],
    ['fields of different array elements', inDetail({ lines: { sku: ['a'], count: [5] } })],
    ['prefix', { source: [{ prefix: 'bank.' }] }],
    ['prefix of a number', inDetail({ amount: [{ prefix: '2' }] })],
    ['suffix', { source: [{ suffix: 'shop' }] }],
    ['equals-ignore-case', inDetail({ code: [{ 'equals-ignore-case': 'file' }] })],
    ['wildcard that overlaps itself', { source: [{ wildcard: 'shop.orders*shop.orders' }] }],
    ['an escaped star as any text', inDetail({ currency: [{ wildcard: 'I\\*' }] })],
    ['numeric', inDetail({ amount: [{ numeric: ['<', 29900] }] })],
    ['numeric of text', inDetail({ currency: [{ numeric: ['>', 0] }] })],
    ['exists of an object', inDetail({ buyer: [{ exists: true }] })],
    ['exists of a missing field', inDetail({ coupon: [{ exists: true }] })],
    ['exists: false of a present field', inDetail({ currency: [{ exists: false }] })],
    ['exists: false if one element has it', inDetail({ lines: { gift: [{ exists: false }] } })],
    ['anything-but the value', { source: [{ 'anything-but': 'shop.orders' }] }],
    ['anything-but a list with it', inDetail({ amount: [{ 'anything-but': [29900, 1] }] })],
    ['anything-but its prefix', { source: [{ 'anything-but': { prefix: 'shop' } }] }],
    ['anything-but of a missing field', inDetail({ coupon: [{ 'anything-but': 'x' }] })],
    ['$or without a match', { $or: [{ source: ['x'] }, { source: ['y'] }] }],
    [
      '$or when its neighbour fails',
      { $or: [{ source: ['x'] }, { account: ['1'] }], version: ['9'] },
    ],
    ["a name of the language's own", inDetail({ constructor: [{ exists: true }] })],
  ])('does not match by %s', (_how, pattern) => {
    expect(matches(pattern)).toBe(false);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['an empty object', '{}'],
    ['an empty nested object', '{"detail":{}}'],
    ['an empty array', '{"source":[]}'],
    ['a bare value', '{"source":"shop"}'],
    ['a nested array', '{"source":[["shop"]]}'],
    ['cidr', '{"source":[{"cidr":"10.0.0.0/24"}]}'],
    ['an unknown operator', '{"source":[{"like":"shop"}]}'],
    ['two operators in one', '{"source":[{"prefix":"a","suffix":"b"}]}'],
    ['an operator without a key', '{"source":[{}]}'],
    ['prefix of a number', '{"source":[{"prefix":1}]}'],
    ['prefix with an option', '{"source":[{"prefix":{"equals-ignore-case":"a"}}]}'],
    ['exists of text', '{"source":[{"exists":"true"}]}'],
    ['numeric without a number', '{"source":[{"numeric":["=","1"]}]}'],
    ['numeric with an unknown comparison', '{"source":[{"numeric":["!=",1]}]}'],
    ['numeric upside down', '{"source":[{"numeric":[">",5,"<",1]}]}'],
    ['numeric with its upper bound first', '{"source":[{"numeric":["<",5,">",1]}]}'],
    ['numeric beyond five billion', '{"source":[{"numeric":["<",5000000001]}]}'],
    ['wildcard with **', '{"source":[{"wildcard":"a**"}]}'],
    ['wildcard with a stray escape', '{"source":[{"wildcard":"a\\\\b"}]}'],
    ['anything-but of mixed kinds', '{"source":[{"anything-but":["a",1]}]}'],
    ['anything-but of nothing', '{"source":[{"anything-but":[]}]}'],
    ['anything-but with a suffix', '{"source":[{"anything-but":{"suffix":"a"}}]}'],
    ['anything-but with an empty prefix', '{"source":[{"anything-but":{"prefix":""}}]}'],
    ['$or of one', '{"$or":[{"source":["a"]}]}'],
    ['$or of no array', '{"$or":{"source":["a"]}}'],
    ['$or with an empty pattern', '{"$or":[{"source":["a"]},{}]}'],
  ])('refuses %s', (_what, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({ errorType: 'InvalidEventPatternException' }),
    );
  });
});

describe('for many generated events, a pattern', () => {
  const random = createRandom(20_261_123);
  const words = Array.from({ length: 200 }, () => buildWord(random));

  it('of the event itself always matches', () => {
    for (const word of words) {
      const whole = { source: word, detail: { word, size: word.length, deep: { word } } };
      expect(compilePattern(JSON.stringify(toPattern(whole)))(whole)).toBe(true);
    }
  });

  it('with anything-but is the opposite of the exact one where the field exists', () => {
    for (const [index, word] of words.entries()) {
      const other = words[(index * 7) % words.length];
      const exact = matchesText([other], word);
      expect(matchesText([{ 'anything-but': other }], word)).toBe(!exact);
    }
  });

  it('with a wildcard agrees with a regular expression', () => {
    for (const [index, word] of words.entries()) {
      const wildcard = (words[(index * 3) % words.length] ?? '')
        .replaceAll('a', '*')
        .replaceAll(/\*+/g, '*');
      const expression = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`);
      expect(matchesText([{ wildcard }], word)).toBe(expression.test(word));
    }
  });

  it('with prefix, suffix and wildcard agrees on the same parts', () => {
    for (const word of words) {
      const cut = Math.floor(random() * word.length);
      const [head, tail] = [word.slice(0, cut), word.slice(cut)];
      expect(matchesText([{ prefix: head }], word)).toBe(true);
      expect(matchesText([{ suffix: tail }], word)).toBe(true);
      expect(matchesText([{ wildcard: `${head}*${tail}` }], word)).toBe(true);
    }
  });
});

function matches(pattern: unknown): boolean {
  return compilePattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern))(event);
}

function matchesText(alternatives: readonly unknown[], text: string): boolean {
  return compilePattern(JSON.stringify({ source: alternatives }))({ source: text });
}

function toPattern(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toPattern(field)]));
}

/** A small repeatable generator (mulberry32): a failing run can be run again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Few letters, so that generated words meet each other. */
function buildWord(random: () => number): string {
  const length = 1 + Math.floor(random() * 6);
  return Array.from({ length }, () => 'abc'[Math.floor(random() * 3)]).join('');
}
