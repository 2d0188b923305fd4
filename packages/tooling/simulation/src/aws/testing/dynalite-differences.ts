import { type Item, isList, isMap, isNumber, type Value } from '../dynamo/values.ts';
import type { Call } from './call.ts';
import type { Condition, NewValue, Operand, Path, Update } from './expressions.ts';
import { meets } from './meetings.ts';

/** Something in which dynalite is not DynamoDB, and the model is. */
export interface Difference {
  /** As docs/simulation.md has it. */
  name: string;
  /** Whether a call may show it, given the items that it meets as they are before it. */
  isMetBy(call: Call, items: readonly Item[]): boolean;
  /** A write that shows it. */
  example?: Example;
}

export interface Example {
  item: Record<string, unknown>;
  condition?: Condition;
  update?: Update;
  /** Whether AWS finds that the condition holds, what it makes of the item, or how it refuses. */
  onAws: 'holds' | 'fails' | 'ValidationException' | Record<string, unknown>;
  /** dynalite throws out of its process, so that it cannot be asked. */
  endsDynalite?: true;
}

const isCollection = (value: Value | undefined) => isList(value) || isMap(value);
const isOrdered = (value: Value | undefined) => typeof value === 'string' || isNumber(value);

const path = (...parts: Path): Operand => ({ kind: 'path', path: parts });
const literal = (value: unknown): Operand => ({ kind: 'value', value });

export const dynaliteDifferences: readonly Difference[] = [
  {
    name: 'IN and BETWEEN with an attribute that is missing',
    isMetBy: meets(
      ({ condition, operands }) =>
        (condition.kind === 'in' || condition.kind === 'between') &&
        operands.slice(1).some(({ value }) => value === undefined),
    ),
    example: {
      item: { count: 1 },
      condition: { kind: 'in', of: path('count'), list: [path('b'), literal(1)] },
      onAws: 'holds',
      endsDynalite: true,
    },
  },
  {
    name: 'two operands that are both missing',
    isMetBy: meets(
      ({ operands }) =>
        operands.length > 1 && operands.slice(0, 2).every(({ value }) => value === undefined),
    ),
    example: {
      item: {},
      condition: { kind: 'compare', operator: '=', left: path('a'), right: path('b') },
      onAws: 'fails',
    },
  },
  {
    name: 'the size of empty text',
    isMetBy: meets(({ operands }) =>
      operands.some(({ operand, text }) => operand.kind === 'size' && text === ''),
    ),
    example: {
      item: { status: '' },
      condition: {
        kind: 'compare',
        operator: '=',
        left: { kind: 'size', path: ['status'] },
        right: literal(0),
      },
      onAws: 'holds',
    },
  },
  {
    name: 'equality of lists and of maps',
    isMetBy: meets(
      ({ condition, operands: [first, ...others] }) =>
        (condition.kind === 'compare' || condition.kind === 'in') &&
        isCollection(first?.value) &&
        others.some(({ value }) => isCollection(value)),
    ),
    example: {
      item: { m: { x: [1] } },
      condition: { kind: 'compare', operator: '=', left: path('m'), right: literal({ x: [1] }) },
      onAws: 'holds',
    },
  },
  {
    name: 'a list that contains something else than text or a number',
    isMetBy: meets(
      ({ condition, operands: [list, part] }) =>
        condition.kind === 'call' &&
        condition.name === 'contains' &&
        isList(list?.value) &&
        (part?.value === '' || !isOrdered(part?.value)),
    ),
    example: {
      item: { l: [true] },
      condition: { kind: 'call', name: 'contains', path: ['l'], operand: literal(true) },
      onAws: 'holds',
    },
  },
  {
    name: 'IN, BETWEEN and attribute_type of empty text and of false',
    isMetBy: meets(
      ({ condition, operands: [first] }) =>
        (condition.kind === 'in' ||
          condition.kind === 'between' ||
          (condition.kind === 'call' && condition.name === 'attribute_type')) &&
        (first?.value === '' || first?.value === false),
    ),
    example: {
      item: { a: false },
      condition: { kind: 'call', name: 'attribute_type', path: ['a'], operand: literal('BOOL') },
      onAws: 'holds',
    },
  },
  {
    name: 'begins_with of what is no text',
    isMetBy: meets(
      ({ condition, operands }) =>
        condition.kind === 'call' &&
        condition.name === 'begins_with' &&
        operands.every(({ value }) => typeof value !== 'string'),
    ),
    example: {
      item: { count: 12, b: 1 },
      condition: { kind: 'call', name: 'begins_with', path: ['count'], operand: path('b') },
      onAws: 'fails',
    },
  },
  {
    name: 'the order of what has none',
    isMetBy: meets(
      ({ condition, operands }) =>
        (condition.kind === 'between' ||
          (condition.kind === 'compare' && !['=', '<>'].includes(condition.operator))) &&
        operands.some(({ value }) => value !== undefined && !isOrdered(value)),
    ),
    example: {
      item: { a: true },
      condition: { kind: 'compare', operator: '<=', left: path('a'), right: literal(true) },
      onAws: 'ValidationException',
    },
  },
  {
    name: 'REMOVE of an element of a list beside other changes of the list',
    isMetBy: ({ said: { update } }) => {
      if (!update) return false;
      const changed = [...update.add, ...update.delete].map(({ path }) => path);
      const inLists = [...update.remove, ...changed].filter((each) =>
        each.some((part) => typeof part === 'number'),
      );
      return inLists.some(([head], at) =>
        inLists.some(([other], and) => and !== at && other === head),
      );
    },
    example: {
      item: { l: ['a', 'b', 'c'] },
      update: {
        set: [],
        remove: [
          ['l', 0],
          ['l', 1],
        ],
        add: [],
        delete: [],
      },
      onAws: { l: ['c'] },
    },
  },
  {
    name: 'SET from a path beside a change within it',
    isMetBy: ({ said: { update } }) => {
      if (!update) return false;
      const inside = [...update.set.map((each) => each.path), ...update.remove].filter(
        (each) => each.length > 1,
      );
      const grown = [...update.add, ...update.delete].map((each) => each.path);
      return update.set.some(({ value }) =>
        sourcesOf(value).some(([head]) => [...inside, ...grown].some(([other]) => other === head)),
      );
    },
    example: {
      item: { m: { x: 1 } },
      update: {
        set: [
          { path: ['a'], value: path('m') },
          { path: ['m', 'x'], value: literal(2) },
        ],
        remove: [],
        add: [],
        delete: [],
      },
      onAws: { a: { x: 1 }, m: { x: 2 } },
    },
  },
  {
    name: 'an empty text as the key of an index',
    isMetBy: ({ input, said: { update } }) => {
      const keys = new Set(['openShard', 'nextCheckAt', 'token']);
      const isEmpty = (name: string, value: unknown) => keys.has(name) && value === '';
      const { Item } = input;
      return (
        (typeof Item === 'object' &&
          Item !== null &&
          Object.entries(Item).some(([name, value]) => isEmpty(name, value))) ||
        (update?.set ?? []).some(
          ({ path: [name], value }) => value.kind === 'value' && isEmpty(name, value.value),
        )
      );
    },
    example: {
      item: {},
      update: {
        set: [{ path: ['openShard'], value: literal('') }],
        remove: [],
        add: [],
        delete: [],
      },
      onAws: 'ValidationException',
    },
  },
  {
    name: 'an empty text as a key that is asked for',
    isMetBy: ({ name, input }) =>
      name === 'QueryCommand' &&
      // The first two or three belong to the key.
      Object.values(input.ExpressionAttributeValues ?? {})
        .slice(0, 3)
        .includes(''),
  },
];

/** The paths whose values an update keeps elsewhere, as they are or as parts of something. */
function sourcesOf(value: NewValue): Path[] {
  switch (value.kind) {
    case 'path':
      return [value.path];
    case 'if_not_exists':
      return [value.path, ...sourcesOf(value.otherwise)];
    case 'list_append':
      return [...sourcesOf(value.first), ...sourcesOf(value.second)];
    default:
      return [];
  }
}
