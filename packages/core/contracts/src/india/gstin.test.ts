import { expect, it } from 'vitest';
import { checkDigitOf, readGstin } from './gstin.ts';
import { indianStates, statesOfBuyers } from './states.ts';

it('knows the 38 State codes, each once, and sells to all but abroad', () => {
  expect(new Set(indianStates.map(({ code }) => code)).size).toBe(38);
  expect(statesOfBuyers).toHaveLength(37);
  expect(statesOfBuyers.map(({ code }) => code)).not.toContain('96');
});

it.each([
  ['27AAPFU0939F1ZV', '27'],
  ['29AAGCB7383J1Z4', '29'],
  [' 27aapfu0939f1zv ', '27'],
])('takes the GSTIN %s, in any case, and reads its State', (text, stateCode) => {
  expect(readGstin(text)).toEqual({
    kind: 'gstin',
    gstin: text.trim().toUpperCase(),
    stateCode,
  });
});

it('finds every single mistyped character of a GSTIN', () => {
  const gstin = '27AAPFU0939F1ZV';
  for (let at = 2; at < gstin.length; at += 1) {
    const typed = gstin.charAt(at);
    const others = [...(/\d/.test(typed) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')];
    for (const other of others.filter((each) => each !== typed)) {
      const mistyped = gstin.slice(0, at) + other + gstin.slice(at + 1);
      expect(readGstin(mistyped), mistyped).toMatchObject({ kind: 'invalid' });
    }
  }
});

it.each([
  ['', 'must be a GSTIN of 15 letters and digits'],
  ['27AAPFU0939F1Z', 'must be a GSTIN of 15 letters and digits'],
  [`99AAPFU0939F1Z${checkDigitOf('99AAPFU0939F1Z')}`, 'begins with 99, which is no State'],
  ['27AAPFU0939F1ZX', 'is mistyped: its last character does not fit the others'],
])('says what is wrong with "%s"', (text, fault) => {
  expect(readGstin(text)).toEqual({ kind: 'invalid', fault });
});
