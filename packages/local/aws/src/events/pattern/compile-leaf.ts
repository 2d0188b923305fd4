import { AwsError } from '../../front/aws-error.ts';
import { isRecord } from '../../front/operation.ts';

type Test = (scalar: unknown) => boolean;

/** Compiles the array at the end of a path: one of its alternatives must match. */
export function compileLeaf(alternatives: readonly unknown[], path: readonly string[]): Match {
  if (alternatives.length === 0) throw invalid(path, 'empty arrays are not allowed');
  const matches = alternatives.map((alternative) => compileAlternative(alternative, path));
  return (value, event) => matches.some((match) => match(value, event));
}

function compileAlternative(alternative: unknown, path: readonly string[]): Match {
  if (Array.isArray(alternative)) throw invalid(path, 'arrays cannot be nested');
  if (!isRecord(alternative)) return forScalars((scalar) => scalar === alternative);
  const [entry, ...others] = Object.entries(alternative);
  if (!entry || others.length > 0) throw invalid(path, 'a match object must have exactly one key');
  const [operator, operand] = entry;
  if (operator === 'exists') return compileExists(operand, path);
  const compile = operators.get(operator);
  if (!compile) throw invalid(path, `unsupported operator ${operator}`);
  return forScalars(compile(operand, path));
}

function forScalars(test: Test): Match {
  return (value) => listScalars(value).some(test);
}

/** `exists` looks at the whole event: a field that one array element has is there. */
function compileExists(operand: unknown, path: readonly string[]): Match {
  if (typeof operand !== 'boolean') throw invalid(path, 'exists must be true or false');
  return operand
    ? (value) => listScalars(value).length > 0
    : (_value, event) => !hasScalarAt(event, path);
}

const operators: ReadonlyMap<string, (operand: unknown, path: readonly string[]) => Test> = new Map(
  [
    ['prefix', (operand, path) => onText(operand, path, (text, part) => text.startsWith(part))],
    ['suffix', (operand, path) => onText(operand, path, (text, part) => text.endsWith(part))],
    ['equals-ignore-case', compileIgnoringCase],
    ['wildcard', compileWildcardTest],
    ['numeric', compileNumericTest],
    ['anything-but', compileAnythingBut],
  ],
);

function compileIgnoringCase(operand: unknown, path: readonly string[]): Test {
  return onText(operand, path, (text, other) => text.toLowerCase() === other.toLowerCase());
}

function compileWildcardTest(operand: unknown, path: readonly string[]): Test {
  const test = typeof operand === 'string' ? compileWildcard(operand) : undefined;
  if (!test)
    throw invalid(path, 'wildcard must be a string without ** and with \\ only before * or \\');
  return (scalar) => typeof scalar === 'string' && test(scalar);
}

function compileNumericTest(operand: unknown, path: readonly string[]): Test {
  const test = compileNumeric(operand);
  if (!test)
    throw invalid(path, 'numeric must be one comparison or a range such as [">", 0, "<=", 5]');
  return (scalar) => typeof scalar === 'number' && test(scalar);
}

function compileAnythingBut(operand: unknown, path: readonly string[]): Test {
  if (isRecord(operand)) {
    const { prefix, ...others } = operand;
    if (typeof prefix !== 'string' || prefix === '' || Object.keys(others).length > 0) {
      throw invalid(path, 'inside anything-but only a non-empty prefix is supported');
    }
    return (scalar) => !(typeof scalar === 'string' && scalar.startsWith(prefix));
  }
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const kinds = new Set(excluded.map((value) => typeof value));
  const [kind] = kinds;
  if (kinds.size !== 1 || (kind !== 'string' && kind !== 'number')) {
    throw invalid(path, 'anything-but takes strings or numbers, not both, or a prefix');
  }
  return (scalar) => !excluded.includes(scalar);
}

function onText(
  operand: unknown,
  path: readonly string[],
  test: (text: string, operand: string) => boolean,
): Test {
  if (typeof operand !== 'string') throw invalid(path, 'the match operand must be a string');
  return (scalar) => typeof scalar === 'string' && test(scalar, operand);
}

function invalid(path: readonly string[], reason: string): AwsError {
  return new AwsError(
    'InvalidEventPatternException',
    `Event pattern is not valid. Reason: ${path.join('.')}: ${reason}`,
  );
}

/**
 * Compiles the operand of `numeric`: `["=", n]`, a bound such as `["<", n]`, or a range that
 * starts with its lower bound. Returns undefined for anything else. Numbers are within ±5e9
 * (EventBridge's limit).
 */
function compileNumeric(operand: unknown): ((value: number) => boolean) | undefined {
  if (!Array.isArray(operand)) return undefined;
  if (operand.length === 2) return compileComparison(operand[0], operand[1]);
  if (operand.length !== 4) return undefined;
  const [lowerOperator, lower, upperOperator, upper] = operand;
  if (!isLower(lowerOperator) || !isUpper(upperOperator) || !(lower < upper)) return undefined;
  const aboveLower = compileComparison(lowerOperator, lower);
  const belowUpper = compileComparison(upperOperator, upper);
  if (!aboveLower || !belowUpper) return undefined;
  return (value) => aboveLower(value) && belowUpper(value);
}

function compileComparison(
  operator: unknown,
  bound: unknown,
): ((value: number) => boolean) | undefined {
  if (typeof bound !== 'number' || Math.abs(bound) > 5_000_000_000) return undefined;
  if (operator === '=') return (value) => value === bound;
  if (operator === '>') return (value) => value > bound;
  if (operator === '>=') return (value) => value >= bound;
  if (operator === '<') return (value) => value < bound;
  if (operator === '<=') return (value) => value <= bound;
  return undefined;
}

function isLower(operator: unknown): boolean {
  return operator === '>' || operator === '>=';
}

function isUpper(operator: unknown): boolean {
  return operator === '<' || operator === '<=';
}

/**
 * Compiles a wildcard: `*` stands for any characters, `\*` and `\\` for themselves. Returns
 * undefined for consecutive wildcards and for other escapes, which EventBridge refuses.
 */
function compileWildcard(wildcard: string): ((text: string) => boolean) | undefined {
  const parts: string[] = [''];
  for (let index = 0; index < wildcard.length; index += 1) {
    const character = wildcard[index] ?? '';
    const next = wildcard[index + 1];
    if (character === '\\') {
      if (next !== '*' && next !== '\\') return undefined;
      parts.push(`${parts.pop() ?? ''}${next}`);
      index += 1;
    } else if (character === '*') {
      if (next === '*') return undefined;
      parts.push('');
    } else {
      parts.push(`${parts.pop() ?? ''}${character}`);
    }
  }
  return (text) => matchParts(text, parts);
}

/** First and last part are anchored; each part between is taken at its earliest place. */
function matchParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

/** Tests the value at one place of an event; undefined means that nothing is there. */
export type Match = (value: unknown, event: unknown) => boolean;

/** The scalars at a place: itself, or the elements if it is an array. Objects are no values. */
function listScalars(value: unknown): readonly unknown[] {
  const values = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return values.filter((element) => element !== undefined && !isRecord(element));
}

/** Whether any scalar stands at the path, looking into every element of arrays on the way. */
function hasScalarAt(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => hasScalarAt(element, path));
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined && !isRecord(value);
  return isRecord(value) && Object.hasOwn(value, key) && hasScalarAt(value[key], rest);
}
