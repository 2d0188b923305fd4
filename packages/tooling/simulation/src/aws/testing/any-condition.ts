import fc from 'fast-check';
import { anyNumber, anyOperand, anyPath, anyScalar, anyText, asOperand } from './any-value.ts';
import type { Condition, Operand, Path } from './expressions.ts';

/** Comparisons that make sense for what is mostly there. */
const anySensibleTest: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 5,
    arbitrary: anyTyped(({ path, value }) =>
      fc.constantFrom('=', '<>', '<', '<=', '>', '>=').map(
        (operator): Condition => ({
          kind: 'compare',
          operator,
          left: { kind: 'path', path },
          right: value,
        }),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: anyTyped(({ path, value, other }) =>
      fc.constant<Condition>({
        kind: 'between',
        of: { kind: 'path', path },
        low: value,
        high: other,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: anyTyped(({ path, value, other }) =>
      fc.constant<Condition>({ kind: 'in', of: { kind: 'path', path }, list: [value, other] }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('attribute_exists', 'attribute_not_exists'),
      path: anyPath,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('begins_with'),
      path: fc.constantFrom<Path[]>(['status'], ['b'], ['a']),
      operand: anyText.map(asOperand),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('contains'),
      path: fc.constantFrom<Path[]>(['status'], ['ss'], ['ns'], ['l']),
      operand: anyScalar.map(asOperand),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('attribute_type'),
      path: anyPath,
      operand: fc.constantFrom('S', 'N', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS').map(asOperand),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
      left: fc
        .constantFrom<Path[]>(['ss'], ['l'], ['m'], ['status'])
        .map((path): Operand => ({ kind: 'size', path })),
      right: fc.nat(3).map(asOperand),
    }),
  },
);

/** A path with two values of the kind that is mostly there. */
function anyTyped(
  build: (parts: { path: Path; value: Operand; other: Operand }) => fc.Arbitrary<Condition>,
): fc.Arbitrary<Condition> {
  const anyParts = fc.oneof(
    fc.tuple(fc.constant<Path>(['count']), anyNumber, anyNumber),
    fc.tuple(fc.constant<Path>(['status']), anyText, anyText),
    fc.tuple(fc.constantFrom<Path[]>(['b'], ['m', 'x'], ['l', 0]), anyNumber, anyNumber),
    fc.tuple(fc.constantFrom<Path[]>(['a'], ['m', 'y'], ['l', 1]), anyText, anyText),
  );
  return anyParts.chain(([path, value, other]) =>
    build({ path, value: asOperand(value), other: asOperand(other) }),
  );
}

/** All that can be written down, sense or not. */
const anyWildTest: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
    left: anyOperand,
    right: anyOperand,
  }),
  fc.record({
    kind: fc.constant('between' as const),
    of: anyOperand,
    low: anyOperand,
    high: anyOperand,
  }),
  fc.record({
    kind: fc.constant('in' as const),
    of: anyOperand,
    list: fc.array(anyOperand, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('call' as const),
    name: fc.constantFrom('begins_with', 'contains', 'attribute_type', 'nonsense'),
    path: anyPath,
    operand: anyOperand,
  }),
);

const anyTest = fc.oneof(
  { weight: 12, arbitrary: anySensibleTest },
  { weight: 1, arbitrary: anyWildTest },
);

export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: anyTest },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('condition'),
        right: tie('condition'),
      }),
    },
  ),
})).condition;
