import type { Action, Operand } from 'dynalite/validations/index.js';
import { type Bound, type Compiler, compileRead } from './conditions.ts';
import { add } from './copies.ts';
import { invalid } from './errors.ts';
import { compilePath, findOverlap, type Path, type PathOf, readPath } from './paths.ts';
import {
  type Item,
  isList,
  isMap,
  isNumber,
  isSet,
  memberOf,
  negate,
  typeOf,
  type Value,
  type ValueType,
} from './values.ts';

/** A parsed update expression. */
export interface UpdatePlan {
  /** The paths that one call changes. Throws ValidationException where two of them overlap. */
  resolve(bound: Bound): ResolvedUpdate;
}

export interface ResolvedUpdate {
  paths: readonly Path[];
  /** The type that the expression alone gives to a top-level attribute, where it does. */
  typeGivenTo(attribute: string): ValueType | undefined;
  /** The item after the update; the one it is given stays as it is. Throws ValidationException where it cannot be. */
  apply(item: Item): Item;
}

/** What an action makes of the value that is there; undefined takes it away. */
type Change = (item: Item, bound: Bound, existing: Value | undefined) => Value | undefined;

interface CompiledAction {
  pathOf: PathOf;
  change: Change;
  typeGiven(bound: Bound): ValueType | undefined;
}

const wrongType = 'An operand in the update expression has an incorrect data type';
const noSuchPath = 'The document path provided in the update expression is invalid for update';
const noSuchAttribute =
  'The provided expression refers to an attribute that does not exist in the item';

export function compileUpdate(sections: readonly Action[], compiler: Compiler): UpdatePlan {
  const actions = sections.map((section) => compileAction(section, compiler));
  return {
    resolve: (bound) => {
      const steps = actions.map(({ pathOf, change, typeGiven }) => ({
        path: pathOf(bound.names),
        change,
        typeGiven,
      }));
      const paths = steps.map(({ path }) => path);
      if (findOverlap(paths)) throw invalid('Two document paths overlap with each other');
      return {
        paths,
        typeGivenTo: (attribute) =>
          steps.find(({ path }) => path.length === 1 && path[0] === attribute)?.typeGiven(bound),
        apply: (item) => {
          const changes = steps.map(({ path, change }) => ({
            path,
            value: change(item, bound, readPath(item, path)),
          }));
          return applyChanges(item, changes);
        },
      };
    },
  };
}

/** What a list gets comes first, by position; what it loses last, from its end: positions mean the list as it was. */
function applyChanges(item: Item, changes: { path: Path; value: Value | undefined }[]): Item {
  const sets = changes.filter(({ value }) => value !== undefined);
  const removes = changes.filter(({ value }) => value === undefined);
  if (changes.some(({ path }) => path.length > 1)) {
    sets.sort((a, b) => comparePaths(a.path, b.path));
    removes.sort((a, b) => comparePaths(b.path, a.path));
  }
  const changed: Record<string, Value> = { ...item };
  for (const { path, value } of [...sets, ...removes]) {
    const [name] = path;
    if (typeof name !== 'string') throw invalid(noSuchPath);
    const next = path.length === 1 ? value : replaceAt(memberOf(changed, name), path, 1, value);
    if (next === undefined) delete changed[name];
    else changed[name] = next;
  }
  return changed;
}

/** A copy of a map or list with what lies at the rest of the path replaced or taken away. */
function replaceAt(
  parent: Value | undefined,
  path: Path,
  at: number,
  value: Value | undefined,
): Value {
  const part = path[at];
  const isLast = at === path.length - 1;
  if (typeof part === 'number' && isList(parent)) {
    const next = isLast ? value : replaceAt(parent[part], path, at + 1, value);
    if (next === undefined) return parent.filter((_, index) => index !== part);
    return part < parent.length ? parent.with(part, next) : [...parent, next];
  }
  if (typeof part === 'string' && isMap(parent)) {
    const next = isLast ? value : replaceAt(memberOf(parent, part), path, at + 1, value);
    if (next !== undefined) return { ...parent, [part]: next };
    const { [part]: _, ...rest } = parent;
    return rest;
  }
  throw invalid(noSuchPath);
}

function comparePaths(a: Path, b: Path): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [x, y] = [a[at], b[at]];
    if (x === y) continue;
    if (typeof x === 'number' && typeof y === 'number') return x - y;
    return String(x) < String(y) ? -1 : 1;
  }
  return a.length - b.length;
}

function compileAction({ type, path, val }: Action, compiler: Compiler): CompiledAction {
  const pathOf = compilePath(path);
  compiler.paths.push(pathOf);
  if (type === 'remove' || val === undefined) {
    return { pathOf, change: () => undefined, typeGiven: () => undefined };
  }
  const operand = compileValue(val, compiler);
  const typeGiven = operand.typeGiven;
  if (type === 'set') return { pathOf, change: operand.read, typeGiven };
  const change: Change = (item, bound, existing) => {
    const value = operand.read(item, bound);
    if (existing !== undefined && typeOf(existing) !== typeOf(value)) throw invalid(wrongType);
    return type === 'add' ? addTo(existing, value) : removeFrom(existing, value);
  };
  return { pathOf, change, typeGiven };
}

function addTo(existing: Value | undefined, value: Value): Value {
  if (isNumber(value)) return isNumber(existing) ? add(existing, value) : value;
  if (!isSet(value)) throw invalid(wrongType);
  return isSet(existing) ? new Set([...existing, ...value]) : value;
}

function removeFrom(existing: Value | undefined, value: Value): Value | undefined {
  if (!isSet(existing) || !isSet(value)) return undefined;
  const left = new Set([...existing].filter((member) => !value.has(member)));
  return left.size > 0 ? left : undefined;
}

interface CompiledValue {
  read(item: Item, bound: Bound): Value;
  /** The type where the expression alone says it. */
  typeGiven(bound: Bound): ValueType | undefined;
}

function compileValue(operand: Operand, compiler: Compiler): CompiledValue {
  if (Array.isArray(operand)) {
    const read = compileRead(operand, compiler);
    return { read: (item, bound) => orMissing(read(item, bound)), typeGiven: () => undefined };
  }
  if (typeof operand.type !== 'string') {
    const alias = compiler.aliasOf(operand);
    const read = ({ values }: Bound) => orMissing(values[alias]);
    return { read: (_, bound) => read(bound), typeGiven: (bound) => typeOf(read(bound)) };
  }
  const [first, second] = operand.args;
  if (!first || !second) throw new Error(`${operand.name ?? operand.type} without its operands`);
  const right = compileValue(second, compiler);
  if (operand.name === 'if_not_exists' && Array.isArray(first)) {
    const read = compileRead(first, compiler);
    return {
      read: (item, bound) => {
        const existing = read(item, bound);
        return existing === undefined ? right.read(item, bound) : existing;
      },
      typeGiven: right.typeGiven,
    };
  }
  const left = compileValue(first, compiler);
  switch (operand.name ?? operand.type) {
    case 'add':
    case 'subtract':
      return {
        read: (item, bound) => {
          const [a, b] = [left.read(item, bound), right.read(item, bound)];
          if (!isNumber(a) || !isNumber(b)) throw invalid(wrongType);
          return add(a, operand.type === 'add' ? b : negate(b));
        },
        typeGiven: () => 'N',
      };
    case 'list_append':
      return {
        read: (item, bound) => {
          const [a, b] = [left.read(item, bound), right.read(item, bound)];
          if (!isList(a) || !isList(b)) throw invalid(wrongType);
          return [...a, ...b];
        },
        typeGiven: () => 'L',
      };
    default:
      throw new Error(`the parser knows ${operand.name ?? operand.type}, and the model does not`);
  }
}

function orMissing(value: Value | undefined): Value {
  if (value === undefined) throw invalid(noSuchAttribute);
  return value;
}
