import { isRecord } from '../../front/is-record.ts';

/** Tests the value at one place of an event; undefined means that nothing is there. */
export type Match = (value: unknown, event: unknown) => boolean;

/** The scalars at a place: itself, or the elements if it is an array. Objects are no values. */
export function listScalars(value: unknown): readonly unknown[] {
  const values = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return values.filter((element) => element !== undefined && !isRecord(element));
}

/** Whether any scalar stands at the path, looking into every element of arrays on the way. */
export function hasScalarAt(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => hasScalarAt(element, path));
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined && !isRecord(value);
  return isRecord(value) && Object.hasOwn(value, key) && hasScalarAt(value[key], rest);
}
