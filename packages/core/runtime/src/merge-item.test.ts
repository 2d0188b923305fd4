import { expect, it } from 'vitest';
import { buildChange } from './merge-item.ts';

const stamps = { updatedAt: 'now' };

it('writes only what differs, with the time, and stands on everything it looked at', () => {
  const change = buildChange(
    { a: 1, b: 2 },
    { attributes: { a: 1, b: 3 }, stamps, basedOn: ['c'] },
  );
  expect(change).toEqual({
    set: { b: 3, updatedAt: 'now' },
    remove: [],
    basedOn: ['a', 'b', 'c'],
  });
});

it('writes nothing where nothing differs: the time alone is no reason', () => {
  expect(buildChange({ a: 1 }, { attributes: { a: 1, gone: undefined }, stamps })).toBeUndefined();
});

it('takes away what is not to be there', () => {
  const change = buildChange({ a: 1, b: 2 }, { attributes: { b: undefined }, stamps });
  expect(change).toEqual({ set: { updatedAt: 'now' }, remove: ['b'], basedOn: ['b'] });
});

it('writes the maps it is given, even if no attribute differs', () => {
  const change = buildChange(
    { a: 1 },
    { attributes: { a: 1 }, maps: { 'usage.day': {} }, stamps, basedOn: ['usage'] },
  );
  expect(change).toEqual({
    set: { 'usage.day': {}, updatedAt: 'now' },
    remove: [],
    basedOn: ['a', 'usage'],
  });
});
