import { expect, it } from 'vitest';
import { toMailAddress } from './mail-address.ts';

it.each([
  ['an address of ASCII as it is', 'Buyer+1@Example.com', 'Buyer+1@Example.com'],
  ['an address without the blanks around it', ' buyer@example.com\t', 'buyer@example.com'],
  ['a domain in punycode', 'buyer@b\u00FCcher.example', 'buyer@xn--bcher-kva.example'],
  ['the same decomposed', 'Buyer@bu\u0308cher.example', 'Buyer@xn--bcher-kva.example'],
  ['a domain of India', 'ravi@\u092D\u093E\u0930\u0924.example', 'ravi@xn--h2brj9c.example'],
  ['a domain that is punycode already', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
])('gives SES %s', (_what, email, address) => {
  expect(toMailAddress(email)).toEqual({ kind: 'address', address });
});

it.each([
  'ren\u00E9@example.com',
  'ravi\uD83D\uDE00@example.com',
  '\u0930\u0935\u093F@example.com',
])('has no address for %s: SES takes ASCII only before the @', (email) => {
  expect(toMailAddress(email)).toEqual({
    kind: 'unusable',
    why: 'address not ASCII before its @',
  });
});

it.each(['buyer@b\u00FC cher.example', 'buyer@b\u00FCcher.example/x', 'buyer', 'buyer@'])(
  'has no address for "%s", which has no domain',
  (email) => {
    expect(toMailAddress(email)).toMatchObject({ kind: 'unusable' });
  },
);
