import { expect, it } from 'vitest';
import { renderClaims } from './render-claims.ts';

it.each([
  ['text as it is', 'a "b" [c]', 'a "b" [c]'],
  ['one group in brackets', ['admin'], '[admin]'],
  ['two groups with a space between', ['admin', 'support'], '[admin support]'],
  ['an empty list', [], '[]'],
  ['a number', 1_795_687_200, '1795687200'],
  ['a boolean', true, 'true'],
  [
    'what is nested as JSON',
    { country: 'IN', lines: ['a', 'b'] },
    '{"country":"IN","lines":["a","b"]}',
  ],
  ['lists of what is nested', [{ a: 1 }, { b: 2 }], '[{"a":1} {"b":2}]'],
])('writes %s', (_what, value, text) => {
  expect(renderClaims({ claim: value })).toEqual({ claim: text });
});

it('leaves out what is null', () => {
  expect(renderClaims({ nothing: null, sub: 's' })).toEqual({ sub: 's' });
});
