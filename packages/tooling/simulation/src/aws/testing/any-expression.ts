import fc from 'fast-check';
import type { Condition, NewValue, Operand, Path, Update } from './expressions.ts';

/** Few names and few values, so that expressions meet what is there. `status` is a reserved word. */
const plainNames = ['a', 'b', 'count', 'status'] as const;
const mapNames = ['m', 'n'] as const;
const listName = 'l';
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
const anyScalar = fc.oneof(
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
const anySet = fc.oneof<fc.Arbitrary<unknown>[]>(anyStringSet, anyNumberSet);
const anyMap = fc.dictionary(
  fc.constantFrom(...memberNames),
  fc.oneof(anyScalar, fc.constant({ x: 1 }), fc.constant(['a', 'b'])),
  { maxKeys: 3 },
);
const anyList = fc.array(fc.oneof(anyScalar, anyMap), { maxLength: 3 });

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

const anyPathOperand = anyPath.map((path): Operand => ({ kind: 'path', path }));
const asOperand = (value: unknown): Operand => ({ kind: 'value', value });
export const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 3, arbitrary: anyPathOperand },
  { weight: 4, arbitrary: anyValue.map(asOperand) },
  { weight: 1, arbitrary: anyPath.map((path): Operand => ({ kind: 'size', path })) },
);

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

/** Whatever can be written down. */
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

const anyWildNewValue: fc.Arbitrary<NewValue> = fc.oneof(
  anyOperand,
  fc.record({
    kind: fc.constant('sum' as const),
    operator: fc.constantFrom('+' as const, '-' as const),
    left: anyOperand,
    right: anyOperand,
  }),
  fc.record({
    kind: fc.constant('if_not_exists' as const),
    path: anyPath,
    otherwise: anyOperand,
  }),
  fc.record({
    kind: fc.constant('list_append' as const),
    first: anyOperand,
    second: anyOperand,
  }),
);

/** One change of an attribute, mostly such as suits what is there. */
const anySetAction: fc.Arbitrary<Update['set'][number]> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ path: anyPath, value: anyValue.map(asOperand) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      path: fc.constant<Path>(['count']),
      value: fc.record({
        kind: fc.constant('sum' as const),
        operator: fc.constantFrom('+' as const, '-' as const),
        left: fc.oneof(
          fc.constant<Operand>({ kind: 'path', path: ['count'] }),
          anyNumber.map(asOperand),
        ),
        right: anyNumber.map(asOperand),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      path: anyPath,
      value: fc.record({
        kind: fc.constant('if_not_exists' as const),
        path: anyPath,
        otherwise: anyValue.map(asOperand),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.boolean(), anyList).map(([isAfter, list]): Update['set'][number] => {
      const own: Operand = { kind: 'path', path: [listName] };
      const [first, second] = isAfter ? [own, asOperand(list)] : [asOperand(list), own];
      return { path: [listName], value: { kind: 'list_append', first, second } };
    }),
  },
  { weight: 1, arbitrary: fc.record({ path: anyPath, value: anyPathOperand }) },
  { weight: 1, arbitrary: fc.record({ path: anyPath, value: anyWildNewValue }) },
);

const anySetChange = fc.oneof(
  { weight: 4, arbitrary: fc.record({ path: fc.constant<Path>(['ss']), value: anyStringSet }) },
  { weight: 4, arbitrary: fc.record({ path: fc.constant<Path>(['ns']), value: anyNumberSet }) },
  { weight: 1, arbitrary: fc.record({ path: anyPath, value: anySet }) },
);

/** Mostly nothing, else a few. */
function few<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 2 }) },
  );
}

const anySomeUpdate: fc.Arbitrary<Update> = fc.record({
  set: fc.array(anySetAction, { maxLength: 3 }),
  remove: few(anyPath),
  add: few(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ path: fc.constant<Path>(['count']), value: anyNumber }) },
      { weight: 3, arbitrary: anySetChange },
      { weight: 1, arbitrary: fc.record({ path: anyPath, value: anyValue }) },
    ),
  ),
  delete: few(anySetChange),
});

/** Paths that overlap are a mistake; mostly there are none. */
export const anyUpdate: fc.Arbitrary<Update> = fc
  .tuple(anySomeUpdate, fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)))
  .map(([update, isCareful]) => (isCareful ? withoutOverlaps(update) : update));

function withoutOverlaps(update: Update): Update {
  const taken = new Set<string>();
  const isFree = ([head]: Path) => {
    const isNew = !taken.has(head);
    taken.add(head);
    return isNew;
  };
  return {
    set: update.set.filter(({ path }) => isFree(path)),
    remove: update.remove.filter(isFree),
    add: update.add.filter(({ path }) => isFree(path)),
    delete: update.delete.filter(({ path }) => isFree(path)),
  };
}
