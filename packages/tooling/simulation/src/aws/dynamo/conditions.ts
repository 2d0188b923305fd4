import type { Operand, Operation } from 'dynalite/validations/index.js';
import { invalid } from './errors.ts';
import { compilePath, type Names, type Path, type PathOf, readPath } from './paths.ts';
import {
  areEqual,
  compare,
  type Item,
  isList,
  isMap,
  isNumber,
  isSet,
  typeOf,
  type Value,
} from './values.ts';

/** Names and values of one call, by the aliases of its expressions. */
export interface Bound {
  names: Names;
  values: Item;
}

export type Test = (item: Item, bound: Bound) => boolean;
type Read = (item: Item, bound: Bound) => Value | undefined;

/** What of an expression depends on the values themselves is checked at each call; throws ValidationException. */
export type Check = (bound: Bound) => void;

/** What the compiler of one call's expressions knows, and gathers. */
export interface Compiler {
  /** The alias of a literal in the parsed tree. */
  aliasOf(literal: object): string;
  checks: Check[];
  /** Every path that was met. */
  paths: PathOf[];
}

/** Turns a parsed condition, filter or part of one into a test of items. */
export function compileCondition({ type, name, args }: Operation, compiler: Compiler): Test {
  if (type === 'and' || type === 'or' || type === 'not') {
    const [first, second] = args.map((arg) => compileCondition(toOperation(arg), compiler));
    if (type === 'not') return (item, bound) => !first?.(item, bound);
    if (type === 'and') {
      return (item, bound) => first?.(item, bound) === true && second?.(item, bound) === true;
    }
    return (item, bound) => first?.(item, bound) === true || second?.(item, bound) === true;
  }
  const [first = absent, second = absent, third = absent, ...more] = args.map((arg) =>
    compileOperand(arg, compiler),
  );
  if (isOrder(type)) checkOrdered(type, args);
  addChecks({ type, name: name ?? '', args }, compiler);
  switch (type === 'function' ? name : type) {
    case '=':
      return (item, bound) => areEqual(first(item, bound), second(item, bound));
    case '<>':
      return (item, bound) => !areEqual(first(item, bound), second(item, bound));
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const holds = orders[type === 'function' ? '<' : type] ?? never;
      return (item, bound) => holds(compare(first(item, bound), second(item, bound)));
    }
    case 'between':
      return (item, bound) => {
        const value = first(item, bound);
        const fromLow = compare(value, second(item, bound));
        const fromHigh = compare(value, third(item, bound));
        return fromLow !== undefined && fromHigh !== undefined && fromLow >= 0 && fromHigh <= 0;
      };
    case 'in':
      return (item, bound) => {
        const value = first(item, bound);
        return [second, third, ...more].some((read) => areEqual(value, read(item, bound)));
      };
    case 'attribute_exists':
      return (item, bound) => first(item, bound) !== undefined;
    case 'attribute_not_exists':
      return (item, bound) => first(item, bound) === undefined;
    case 'attribute_type':
      return (item, bound) => {
        const value = first(item, bound);
        return value !== undefined && typeOf(value) === second(item, bound);
      };
    case 'begins_with':
      return (item, bound) => {
        const [value, start] = [first(item, bound), second(item, bound)];
        return typeof value === 'string' && typeof start === 'string' && value.startsWith(start);
      };
    case 'contains':
      return (item, bound) => doesContain(first(item, bound), second(item, bound));
    default:
      throw new Error(`the parser knows ${name ?? type}, and the model does not`);
  }
}

function isOrder(type: string): boolean {
  return type === 'between' || Object.hasOwn(orders, type);
}

/** Only text and numbers have an order; a value of another type in its place is a mistake of the expression's writer. */
function checkOrdered(type: string, args: readonly Operand[]): void {
  for (const arg of args) {
    if (Array.isArray(arg) || typeof arg.type === 'string' || 'S' in arg || 'N' in arg) continue;
    throw invalid(
      `Incorrect operand type for operator or function; operator: ${type}, operand type: ${Object.keys(arg)}`,
    );
  }
}

type Order = (order: number | undefined) => boolean;
const never: Order = () => false;
const orders: Readonly<Record<string, Order>> = {
  '<': (order) => order !== undefined && order < 0,
  '<=': (order) => order !== undefined && order <= 0,
  '>': (order) => order !== undefined && order > 0,
  '>=': (order) => order !== undefined && order >= 0,
};

const absent: Read = () => undefined;

/** A path, a literal, or the size of what is at a path. */
function compileOperand(operand: Operand, compiler: Compiler): Read {
  if (Array.isArray(operand)) return compileRead(operand, compiler);
  if (typeof operand.type !== 'string') {
    const alias = compiler.aliasOf(operand);
    return (_, { values }) => values[alias];
  }
  const [of] = operand.args;
  if (operand.name !== 'size' || !of) throw new Error(`no operand: ${operand.name}`);
  const read = compileOperand(of, compiler);
  return (item, bound) => sizeOf(read(item, bound));
}

/** Reads what is at a path of the item. */
export function compileRead(path: Path, compiler: Pick<Compiler, 'paths'>): Read {
  const pathOf = compilePath(path);
  compiler.paths.push(pathOf);
  return (item, { names }) => readPath(item, pathOf(names));
}

/** Length of a string, members of anything else; numbers and the like have no size. */
function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return value.length;
  if (isList(value)) return value.length;
  if (isSet(value)) return value.size;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function doesContain(value: Value | undefined, part: Value | undefined): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part);
  if (isSet(value)) return (typeof part === 'string' || isNumber(part)) && value.has(part);
  return isList(value) && value.some((member) => areEqual(member, part));
}

function toOperation(operand: Operand): Operation {
  if (!Array.isArray(operand) && typeof operand.type === 'string') return operand;
  throw new Error('the parser put an operand where a condition must be');
}

/** Refuses bounds of which the lower one is the higher. */
export function checkBounds(low: string, high: string): Check {
  return ({ values }) => {
    const order = compare(values[low], values[high]);
    if (order === undefined || order <= 0) return;
    throw invalid(
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
    );
  };
}

const typeNames = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']);

/** What the parser checked against the values of the call it saw, for the calls that it will not see. */
function addChecks(operation: Required<Operation>, { aliasOf, checks }: Compiler): void {
  const aliases = operation.args.map((arg) =>
    Array.isArray(arg) || typeof arg.type === 'string' ? undefined : aliasOf(arg),
  );
  const [, second, third] = aliases;
  if (operation.name === 'attribute_type' && second !== undefined) {
    checks.push(({ values }) => {
      if (typeNames.has(String(values[second]))) return;
      throw invalid(`Invalid attribute type name found; type: ${String(values[second])}`);
    });
  }
  if (operation.type === 'between' && second !== undefined && third !== undefined) {
    checks.push(checkBounds(second, third));
  }
  const paths = operation.args.filter((arg) => Array.isArray(arg)).map(compilePath);
  const [left, right] = paths;
  if (paths.length === 2 && operation.args.length === 2 && left && right) {
    checks.push(({ names }) => {
      if (left(names).join('\n') !== right(names).join('\n')) return;
      throw invalid('The first operand must be distinct from the remaining operands');
    });
  }
}
