import fc from 'fast-check';
import type { Operand, Path } from './expressions.ts';

/** Few names and few values, so that expressions meet what is there. `status` is a reserved word. */
const plainNames = ['a', 'b', 'count', 'status'] as const;
const mapNames = ['m', 'n'] as const;
export const listName = 'l';
const setNames = ['ss', 'ns'] as const;
const memberNames = ['x', 'y', 'a.b'] as const;

export const anyText = fc.constantFrom(
  '',
  'a',
  'b',
  'ab',
  'B',
  'é',
  'z',
  '2026-01-31T10:00:00.000Z',
);
export const anyNumber = fc.constantFrom(...[0, 1, 2, -1, 10, 0.1, 0.2, 29_900, 1e-7, 10_000_000]);
export const anyScalar = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 4, arbitrary: anyNumber },
  { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
);
export const anyStringSet = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 3 })
  .map((members) => new Set(members));
export const anyNumberSet = fc
  .uniqueArray(fc.constantFrom(1, 2, 3, 0.5), { minLength: 1, maxLength: 3 })
  .map((members) => new Set(members));
export const anySet = fc.oneof<fc.Arbitrary<unknown>[]>(anyStringSet, anyNumberSet);
const anyMap = fc.dictionary(
  fc.constantFrom(...memberNames),
  fc.oneof(anyScalar, fc.constant({ x: 1 }), fc.constant(['a', 'b'])),
  { maxKeys: 3 },
);
export const anyList = fc.array(fc.oneof(anyScalar, anyMap), { maxLength: 3 });

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: anyScalar },
  { weight: 1, arbitrary: anySet },
  { weight: 2, arbitrary: anyMap },
  { weight: 1, arbitrary: anyList },
);

/** Of an item besides its keys, mostly of the kind that their name says. */
const attributes = {
  a: anyValue,
  b: anyScalar,
  count: anyNumber,
  status: anyText,
  m: anyMap,
  n: fc.oneof(anyMap, anyValue),
  l: anyList,
  ss: anyStringSet,
  ns: anyNumberSet,
};
export const anyAttributes = fc.oneof(
  { weight: 2, arbitrary: fc.record(attributes) },
  { weight: 1, arbitrary: fc.record(attributes, { requiredKeys: [] }) },
);

const anyHead = fc.constantFrom(...plainNames, ...mapNames, listName, ...setNames);
export const anyPath: fc.Arbitrary<Path> = fc.oneof(
  { weight: 5, arbitrary: anyHead.map((head): Path => [head]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...mapNames), fc.constantFrom(...memberNames))
      .map(([head, name]): Path => [head, name]),
  },
  { weight: 2, arbitrary: fc.nat(4).map((at): Path => [listName, at]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        anyHead,
        fc.array(fc.oneof(fc.constantFrom(...memberNames), fc.nat(2)), { maxLength: 3 }),
      )
      .map(([head, rest]): Path => [head, ...rest]),
  },
);

export const anyPathOperand = anyPath.map((path): Operand => ({ kind: 'path', path }));
export const asOperand = (value: unknown): Operand => ({ kind: 'value', value });
export const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 3, arbitrary: anyPathOperand },
  { weight: 4, arbitrary: anyValue.map(asOperand) },
  { weight: 1, arbitrary: anyPath.map((path): Operand => ({ kind: 'size', path })) },
);
