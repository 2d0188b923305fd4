import { AwsError } from '../../front/aws-error.ts';
import { isRecord } from '../../front/is-record.ts';
import { compileNumeric } from './compile-numeric.ts';
import { compileWildcard } from './compile-wildcard.ts';
import { hasScalarAt, listScalars, type Match } from './match.ts';

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
