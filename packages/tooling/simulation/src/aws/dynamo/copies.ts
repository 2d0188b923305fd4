import Big from 'big.js';
import { NotModelledError } from '../aws.ts';
import { invalid } from './errors.ts';
import { type Item, isList, isMap, isSet, type Value } from './values.ts';

const MAX_DEPTH = 32;
const LEAST_MAGNITUDE = 1e-130;
const MAX_DIGITS = 38;

/**
 * A copy of what a caller gave, as the document client would have sent it (`removeUndefinedValues: true`) and DynamoDB
 * would have kept it. Throws the SDK's plain errors for what has no form in DynamoDB.
 */
export function copyIn(value: unknown, depth = 0): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return copyNumber(value);
  if (typeof value === 'bigint') return copyBigInt(value);
  if (value === undefined) {
    throw new Error(
      'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.',
    );
  }
  if (depth > MAX_DEPTH) {
    throw invalid('Nesting Levels have exceeded supported limits: Attributes have nested too deep');
  }
  if (Array.isArray(value)) return value.filter(isKept).map((each) => copyIn(each, depth + 1));
  if (value instanceof Set) return copySet(value);
  if (isPlain(value)) return copyItem(value, depth + 1);
  throw unsupported(value);
}

/** The same for an item, a key or expression values: a map of names to values. */
export function copyItem(value: Readonly<Record<string, unknown>>, depth = 0): Item {
  const copy: Record<string, Value> = {};
  for (const name in value) {
    const member = value[name];
    if (isKept(member)) copy[name] = copyIn(member, depth);
  }
  return copy;
}

/** A copy that a caller may change. */
export function copyOut(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(copyOut);
  if (isSet(value)) return new Set<unknown>(value);
  return isMap(value) ? copyItemOut(value) : value;
}

/** The same for a whole item. */
export function copyItemOut(item: Item): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name in item) {
    const value = item[name];
    copy[name] = typeof value === 'object' && value !== null ? copyOut(value) : value;
  }
  return copy;
}

/** The sum of two numbers, with decimal digits as DynamoDB counts them: 0.1 + 0.2 is 0.3. */
export function add(a: number | bigint, b: number | bigint): number | bigint {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = Number(a) + Number(b);
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = new Big(String(a)).plus(String(b));
  const digits = sum.toFixed();
  if (!digits.includes('.')) return copyBigInt(BigInt(digits));
  const nearest = Number(digits);
  if (sum.eq(String(nearest))) return nearest;
  throw new NotModelledError(`DynamoDB in memory keeps no fraction of so many digits: ${digits}`);
}

function isKept(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function copyNumber(value: number): number {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const [is, limit] = value > 0 ? ['greater', 'MAX'] : ['lesser', 'MIN'];
    throw new Error(
      `Number ${value} is ${is} than Number.${limit}_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.`,
    );
  }
  if (Math.abs(value) < LEAST_MAGNITUDE) {
    throw invalid(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  return value;
}

function copyBigInt(value: bigint): number | bigint {
  const small = Number(value);
  if (Number.isSafeInteger(small)) return small;
  if (String(value).replace('-', '').replace(/0+$/, '').length > MAX_DIGITS) {
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  }
  return value;
}

function copySet(set: Set<unknown>): ReadonlySet<string | number | bigint> {
  const members = [...set].filter((member) => member !== undefined);
  if (members.length === 0) {
    throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  }
  const strings = members.filter((member) => typeof member === 'string');
  if (strings.length === members.length) return new Set(strings);
  const numbers = members.filter(
    (member) => typeof member === 'number' || typeof member === 'bigint',
  );
  if (numbers.length < members.length) throw unsupported(members[0]);
  return new Set(
    numbers.map((each) => (typeof each === 'number' ? copyNumber(each) : copyBigInt(each))),
  );
}

/** Nothing of ours keeps bytes, or numbers and maps of other classes than JavaScript's own. */
function unsupported(value: unknown): Error {
  const what = Object.prototype.toString.call(value);
  return new NotModelledError(`DynamoDB in memory keeps no ${what}`);
}
