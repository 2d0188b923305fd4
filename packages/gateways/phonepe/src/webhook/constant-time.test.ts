import { describe, expect, it } from 'vitest';
import { equalInConstantTime } from './constant-time.ts';

describe('the comparison of signatures', () => {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'abcd', false],
    ['abc', '', false],
    ['abc', 'ABC', false],
    ['abc', 'abc ', false],
    ['ü', 'u\u0308', false],
    ['a'.repeat(1_000_000), 'a', false],
  ])('%.8j and %.8j: %s, whatever their lengths', (a, b, isEqual) => {
    expect(equalInConstantTime(a, b)).toBe(isEqual);
    expect(equalInConstantTime(b, a)).toBe(isEqual);
  });
});
