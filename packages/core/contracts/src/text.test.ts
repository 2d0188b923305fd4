import { describe, expect, it } from 'vitest';
import { eventTextSchema, isCarried, textSchema, toCarried } from './text.ts';

const carried: [string, string][] = [
  ['an emoji', 'ravi😀'],
  ['the last character of all', 'x\u{10FFFD}'],
  ['letters of India', 'रवि'],
  ['a line break and a tab', 'a\r\n\tb'],
  ['the replacement character', 'a\uFFFDb'],
];
const notCarried: [string, string, string][] = [
  ['U+FFFE', 'ra\uFFFEvi', 'ra\uFFFDvi'],
  ['U+FFFF', 'ra\uFFFFvi', 'ra\uFFFDvi'],
  ['half of an emoji', 'ra\uD83Dvi', 'ra\uFFFDvi'],
  ['the other half', 'ra\uDE00vi', 'ra\uFFFDvi'],
  ['two halves in the wrong order', '\uDE00\uD83D', '\uFFFD\uFFFD'],
  ['a NUL', 'ra\u0000vi', 'ra\uFFFDvi'],
  ['an escape', '\u001B[2J', '\uFFFD[2J'],
];

it.each(carried)('%s is carried as it is', (_what, text) => {
  expect(isCarried(text)).toBe(true);
  expect(textSchema.parse(text)).toBe(text);
  expect(eventTextSchema.parse(text)).toBe(text);
});

it.each(notCarried)(
  '%s is refused at the door, and replaced in an event',
  (_what, text, mended) => {
    expect(textSchema.safeParse(text).success).toBe(false);
    expect(eventTextSchema.parse(text)).toBe(mended);
    expect(isCarried(mended)).toBe(true);
  },
);

describe('one text has one spelling', () => {
  it.each([
    ['a letter and its accent', 'Bu\u0308cher', 'B\u00FCcher'],
    ['the Kelvin sign', 'ravi\u212A', 'raviK'],
  ])('%s is read in NFC', (_what, text, composed) => {
    expect(textSchema.parse(text)).toBe(composed);
    expect(toCarried(text)).toBe(composed);
  });
});
