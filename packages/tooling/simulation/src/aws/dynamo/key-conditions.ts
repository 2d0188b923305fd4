import validations, { type Operation } from 'dynalite/validations/index.js';
import { type Bound, type Compiler, checkBounds } from './conditions.ts';
import { invalid } from './errors.ts';
import { nameOf } from './paths.ts';
import type { Value } from './values.ts';

/** One part of a key condition, as it is parsed. */
export interface KeyCondition {
  attribute(bound: Bound): string;
  operator: string;
  values(bound: Bound): (Value | undefined)[];
}

/** Takes a parsed key condition apart. Throws ValidationException for what no key condition may say. */
export function compileKeyConditions(expression: Operation, compiler: Compiler): KeyCondition[] {
  const conditions = validations.convertKeyCondition(expression);
  if (typeof conditions === 'string') throw invalid(conditions);
  const parts = Object.entries(conditions);
  if (parts.length !== 1 && parts.length !== 2) {
    throw invalid('Conditions can be of length 1 or 2 only');
  }
  return parts.map(([attribute, { ComparisonOperator, AttributeValueList }]) => {
    const aliases = AttributeValueList.map(compiler.aliasOf);
    const [low, high] = aliases;
    if (low !== undefined && high !== undefined) compiler.checks.push(checkBounds(low, high));
    return {
      attribute: ({ names }) => nameOf(attribute, names),
      operator: ComparisonOperator,
      values: ({ values }) => aliases.map((alias) => values[alias]),
    };
  });
}
