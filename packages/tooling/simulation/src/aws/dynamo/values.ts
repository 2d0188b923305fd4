/** A stored value. Never changed in place, so that versions and answers may share its parts. */
export type Value =
  | null
  | boolean
  | number
  /** Whole numbers beyond 2^53, as the SDK hands them out; smaller ones are always `number`. */
  | bigint
  | string
  | readonly Value[]
  /** All strings or all numbers. */
  | ReadonlySet<string | number | bigint>
  | Item;
export interface Item {
  readonly [name: string]: Value;
}

export type ValueType = 'S' | 'N' | 'BOOL' | 'NULL' | 'L' | 'M' | 'SS' | 'NS';

export function typeOf(value: Value): ValueType {
  switch (typeof value) {
    case 'string':
      return 'S';
    case 'number':
    case 'bigint':
      return 'N';
    case 'boolean':
      return 'BOOL';
    default:
      if (value === null) return 'NULL';
      if (isList(value)) return 'L';
      if (!isSet(value)) return 'M';
      return typeof firstOf(value) === 'string' ? 'SS' : 'NS';
  }
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isSet(value: Value | undefined): value is ReadonlySet<string | number | bigint> {
  return value instanceof Set;
}

export function isMap(value: Value | undefined): value is Item {
  return typeof value === 'object' && value !== null && !isList(value) && !isSet(value);
}

export function isNumber(value: Value | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** An attribute or member of that name, and never what a JavaScript object has of itself. */
export function memberOf(map: Item, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Equal as DynamoDB has it: of one type and with the same content, sets in any order. */
export function areEqual(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return a !== undefined;
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((each, at) => areEqual(each, b[at]));
  }
  if (isSet(a)) {
    return isSet(b) && a.size === b.size && [...a].every((each) => b.has(each));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => areEqual(a[name], memberOf(b, name)))
  );
}

/** Below 0, 0 or above for two values of one ordered type (S, N); undefined where they have no order. */
export function compare(a: Value | undefined, b: Value | undefined): number | undefined {
  if (typeof a === 'string') return typeof b === 'string' ? compareStrings(a, b) : undefined;
  if (!isNumber(a) || !isNumber(b)) return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

const FIRST_SURROGATE = 0xd800;

/** By the bytes of their UTF-8, as DynamoDB orders strings; JavaScript's own order differs beyond U+D800. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x === y) continue;
    if (x < FIRST_SURROGATE || y < FIRST_SURROGATE) return x - y;
    return (a.codePointAt(at) ?? x) - (b.codePointAt(at) ?? y);
  }
  return a.length - b.length;
}

export function negate(value: number | bigint): number | bigint {
  return typeof value === 'bigint' ? -value : 0 - value;
}

function firstOf<T>(set: ReadonlySet<T>): T | undefined {
  for (const each of set) return each;
  return undefined;
}
