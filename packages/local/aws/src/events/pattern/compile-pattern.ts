import { AwsError } from '../../front/aws-error.ts';
import { isRecord } from '../../front/is-record.ts';
import { compileLeaf } from './compile-leaf.ts';
import type { Match } from './match.ts';

/**
 * Compiles an EventBridge event pattern into a test for events.
 *
 * Supports exact values, prefix, suffix, equals-ignore-case, wildcard, exists, numeric,
 * anything-but (value, list, prefix) and $or. Anything else throws
 * `InvalidEventPatternException`, also where AWS would accept it.
 */
export function compilePattern(pattern: string): (event: unknown) => boolean {
  const match = compileObject(parse(pattern), []);
  return (event) => match(event, event);
}

function parse(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    throw invalid('Event pattern is not valid JSON');
  }
}

function compileObject(pattern: unknown, path: readonly string[]): Match {
  if (!isRecord(pattern)) throw invalid(`${describe(path)} must be an object or an array`);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalid(`${describe(path)} is an empty object`);
  const fields = entries.map(([key, value]) =>
    key === '$or' ? compileOr(value, path) : compileField(key, value, [...path, key]),
  );
  const matchOne: Match = (value, event) => fields.every((field) => field(value, event));
  return (value, event) =>
    Array.isArray(value) && value.length > 0
      ? value.flat(Number.POSITIVE_INFINITY).some((element) => matchOne(element, event))
      : matchOne(value, event);
}

function compileField(key: string, pattern: unknown, path: readonly string[]): Match {
  const match = Array.isArray(pattern) ? compileLeaf(pattern, path) : compileObject(pattern, path);
  return (parent, event) =>
    match(isRecord(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined, event);
}

function compileOr(alternatives: unknown, path: readonly string[]): Match {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw invalid('$or must be an array of at least two patterns');
  }
  const matches = alternatives.map((alternative) => compileObject(alternative, path));
  return (value, event) => matches.some((match) => match(value, event));
}

function describe(path: readonly string[]): string {
  return path.length === 0 ? 'The event pattern' : path.join('.');
}

function invalid(reason: string): AwsError {
  return new AwsError(
    'InvalidEventPatternException',
    `Event pattern is not valid. Reason: ${reason}`,
  );
}
