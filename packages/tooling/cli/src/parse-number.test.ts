import { expect, it } from 'vitest';
import { parsePerSecond, parseShare, wholeNumber } from './parse-number.ts';

it.each([
  ['0', 0],
  ['1', 1],
  ['0.1', 0.1],
  ['.25', 0.25],
])('takes %s for a share', (text, share) => {
  expect(parseShare(text)).toBe(share);
});

it.each(['', ' ', '-0.1', '1.01', '10%', '1e-1', 'NaN', '0,1', '.'])(
  'refuses %j for a share',
  (text) => {
    expect(() => parseShare(text)).toThrow('a number from 0 to 1');
  },
);

it('takes a rate with and without its unit', () => {
  expect([parsePerSecond('25'), parsePerSecond('25/s')]).toEqual([25, 25]);
});

it.each(['', '0', '1.5', '25/m', '1001', '-1'])('refuses %j for a rate', (text) => {
  expect(() => parsePerSecond(text)).toThrow('25 or 25/s, a whole number from 1 to 1000');
});

it.each(['', '0', '11', '1.0', '0x1', '1e1', ' 5'])('refuses %j for 1 to 10', (text) => {
  expect(() => wholeNumber('times are', 1, 10)(text)).toThrow('times are a whole number');
});
