import { describe, expect, it } from 'vitest';
import {
  equalInConstantTime,
  hmacSignature,
  sha256AuthorizationHeader,
} from './webhook-signature.ts';

describe('signing a webhook', () => {
  it("in SHA mode gives the header of PhonePe's own documents", () => {
    expect(sha256AuthorizationHeader('user', 'pass')).toBe(
      'ef4c914c591698b268db3c64163eafda7209a630f236ebf0eebf045460df723a',
    );
  });

  it('in HMAC mode gives the value of RFC 4231, as hex or base64', () => {
    const data = 'what do ya want for nothing?';
    const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(hmacSignature('Jefe', data)).toBe(hex);
    expect(hmacSignature('Jefe', Buffer.from(data), 'base64')).toBe(
      Buffer.from(hex, 'hex').toString('base64'),
    );
  });
});

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
