import { expect, it } from 'vitest';
import { printable, printableColours, printableLines, toPrintableJson } from './printable.ts';

const attacks = [
  '\u001b[2J',
  '\u009b31m',
  '\u0007',
  '\r',
  '\n',
  '\u202e',
  '\u2028',
  '\ud800',
  '\u{e0041}',
];

it.each(attacks)('shows %j instead of doing it', (attack) => {
  const shown = printable(`a${attack}b`);
  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(shown).toMatch(/^a\\u[0-9a-f]{4}.*b$/);
});

it('leaves what people write alone', () => {
  expect(printable('₹299 für अनु 😀')).toBe('₹299 für अनु 😀');
});

it('cuts what is long, and shows that it did', () => {
  expect(printable('x'.repeat(600), 10)).toBe('xxxxxxxxx…');
});

it('makes JSON that means the same', () => {
  const value = { text: attacks.join(' '), [attacks.join('')]: [1, null] };
  const text = toPrintableJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
});

it('keeps the lines of our own text, whole', () => {
  expect(printableLines(`a\u001b[2J\n${'x'.repeat(600)}`)).toBe(`a\\u001b[2J\n${'x'.repeat(600)}`);
});

it('makes one line of JSON where none is to be indented', () => {
  const value = { text: attacks.join('\n') };
  expect(toPrintableJson(value, 0)).not.toContain('\n');
  expect(JSON.parse(toPrintableJson(value, 0))).toEqual(value);
});

it('leaves our own colours, and nothing else that steers', () => {
  expect(printableColours('\u001b[1;32mReady.\u001b[39m\n\u001b[2J\u009b31m')).toBe(
    '\u001b[1;32mReady.\u001b[39m\n\\u001b[2J\\u009b31m',
  );
});
