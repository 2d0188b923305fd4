import { expect, it } from 'vitest';
import { isSameEmail, listSpellings, normaliseEmail, toAsciiDomain } from './email.ts';

it.each([
  ['blanks and capitals', ' Test@Example.COM ', 'test@example.com'],
  ['a domain in Unicode', 'buyer@b\u00FCcher.example', 'buyer@xn--bcher-kva.example'],
  ['a domain in capitals and Unicode', 'Buyer@B\u00DCCHER.example', 'buyer@xn--bcher-kva.example'],
  ['a domain that is decomposed', 'buyer@bu\u0308cher.example', 'buyer@xn--bcher-kva.example'],
  ['punycode in capitals', 'buyer@XN--BCHER-KVA.example', 'buyer@xn--bcher-kva.example'],
  ['a name that is decomposed', 'rene\u0301@example.com', 'ren\u00E9@example.com'],
  ['a Kelvin sign', 'ravi\u212A@example.com', 'ravik@example.com'],
  ['a full stop of Japan in the domain', 'a@b\u3002example', 'a@b.example'],
])('%s is read as one spelling', (_what, email, normalised) => {
  expect(normaliseEmail(email)).toBe(normalised);
  expect(isSameEmail(email, normalised)).toBe(true);
});

it.each([
  ['another name', 'ravi@example.com', 'ravik@example.com'],
  ['another domain', 'a@b\u00FCcher.example', 'a@bucher.example'],
  ['an accent that makes another letter', 'rene@example.com', 'ren\u00E9@example.com'],
  ['a path behind the domain', 'a@b\u00FCcher.example/x', 'a@b\u00FCcher.example'],
  ['a question behind it', 'a@b\u00FCcher.example?x', 'a@b\u00FCcher.example'],
  ['percent signs', 'a@b\u00FCcher.ex%61mple', 'a@b\u00FCcher.example'],
  ['a port', 'a@b\u00FCcher.example:25', 'a@b\u00FCcher.example'],
  ['a number that is spelled otherwise', 'a@0x7f.1', 'a@127.0.0.1'],
])('%s is another address', (_what, one, other) => {
  expect(isSameEmail(one, other)).toBe(false);
});

it('leaves a domain that has no form in ASCII as it is', () => {
  expect(toAsciiDomain('b\u00FC cher.example')).toBeUndefined();
  expect(toAsciiDomain('xn--b\u00FCcher')).toBeUndefined();
  expect(normaliseEmail('A@xn--B\u00FCcher')).toBe('a@xn--b\u00FCcher');
});

it('looks for an address of ASCII as given and lower-cased, and no further', () => {
  expect(listSpellings(' Buyer@Example.com ')).toEqual(['Buyer@Example.com', 'buyer@example.com']);
  expect(listSpellings('buyer@example.com')).toEqual(['buyer@example.com']);
  expect(listSpellings('  ')).toEqual([]);
});

it.each([
  ['Unicode', 'buyer@b\u00FCcher.example'],
  ['punycode', 'buyer@xn--bcher-kva.example'],
  ['decomposed letters', 'buyer@bu\u0308cher.example'],
])('finds an address whatever spelling a record has, from a domain in %s', (_what, email) => {
  const spellings = listSpellings(email);
  expect(spellings[0]).toBe(email);
  expect(new Set(spellings)).toEqual(
    new Set([
      'buyer@b\u00FCcher.example',
      'buyer@bu\u0308cher.example',
      'buyer@xn--bcher-kva.example',
    ]),
  );
});

it('finds an address with an accented name composed and decomposed, in either case', () => {
  expect(new Set(listSpellings('Ren\u00E9@example.com'))).toEqual(
    new Set([
      'Ren\u00E9@example.com',
      'ren\u00E9@example.com',
      'Rene\u0301@example.com',
      'rene\u0301@example.com',
    ]),
  );
});
