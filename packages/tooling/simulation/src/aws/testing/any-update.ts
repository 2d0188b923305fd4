import fc from 'fast-check';
import {
  anyList,
  anyNumber,
  anyNumberSet,
  anyOperand,
  anyPath,
  anyPathOperand,
  anySet,
  anyStringSet,
  anyValue,
  asOperand,
  listName,
} from './any-value.ts';
import type { NewValue, Operand, Path, Update } from './expressions.ts';

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
