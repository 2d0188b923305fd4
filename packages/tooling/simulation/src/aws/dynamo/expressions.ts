import validations, {
  type Condition,
  type Literal,
  type Expressions as ParsedExpressions,
} from 'dynalite/validations/index.js';
import {
  type Bound,
  type Check,
  type Compiler,
  compileCondition,
  type Test,
} from './conditions.ts';
import { copyItem } from './copies.ts';
import { invalid } from './errors.ts';
import { compileKeyConditions, type KeyCondition } from './key-conditions.ts';
import { compilePath, findOverlap, markAliases, type Path, type PathOf } from './paths.ts';
import { compileUpdate, type UpdatePlan } from './updates.ts';
import { type Item, typeOf, type ValueType } from './values.ts';

/** The expressions of one command, as the document client takes them. */
export interface Expressions {
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  KeyConditionExpression?: string | undefined;
  FilterExpression?: string | undefined;
  ProjectionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/** A condition or filter, and the paths that it reads. */
export interface ConditionPlan {
  test: Test;
  paths: readonly PathOf[];
}

/** Expressions that were parsed once for all calls with the same text, aliases and types of values. */
interface Plan {
  update?: UpdatePlan;
  condition?: ConditionPlan;
  keyConditions?: readonly KeyCondition[];
  filter?: ConditionPlan;
  projection?: (bound: Bound) => Path[];
  checks: readonly Check[];
}

/** A plan with the names and values of one call. */
export interface BoundPlan {
  plan: Plan;
  bound: Bound;
}

const noNames: Readonly<Record<string, string>> = {};
const noValues: Item = {};

/** Far more than the services have expressions; a caller that makes up new texts for ever must not fill the memory. */
const MOST_PLANS = 5000;
const plans = new Map<string, Plan>();

/** Parses the expressions of a call, or finds them parsed. Throws ValidationException as DynamoDB does. */
export function planExpressions(expressions: Expressions): BoundPlan {
  const names = expressions.ExpressionAttributeNames ?? noNames;
  const given = expressions.ExpressionAttributeValues;
  const bound: Bound = { names, values: given ? copyItem(given) : noValues };
  const key = describe(expressions, bound);
  let plan = plans.get(key);
  if (!plan) {
    plan = parse(expressions, bound);
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(key, plan);
  }
  for (const check of plan.checks) check(bound);
  return { plan, bound };
}

/** Equal for two calls exactly where one parsed tree serves both. */
function describe(expressions: Expressions, { names, values }: Bound): string {
  let key = `${expressions.UpdateExpression}\n${expressions.ConditionExpression}\n${expressions.KeyConditionExpression}\n${expressions.FilterExpression}\n${expressions.ProjectionExpression}`;
  for (const alias in names) {
    if (!names[alias]) {
      throw invalid(
        'ExpressionAttributeNames contains invalid value: Attribute name must not be empty',
      );
    }
    key += `\n${alias}`;
  }
  for (const alias in values) {
    const value = values[alias];
    if (value !== undefined) key += `\n${alias} ${typeOf(value)}`;
  }
  return key;
}

function parse(expressions: Expressions, bound: Bound): Plan {
  const { ExpressionAttributeNames, ExpressionAttributeValues, ...texts } = expressions;
  refuseStrayAliases(expressions);
  const aliases = new Map<object, string>();
  const literals: Record<string, Literal> = {};
  for (const [alias, value] of Object.entries(bound.values)) {
    const type = typeOf(value);
    const literal = { [type]: contents[type] ?? String(value) };
    aliases.set(literal, alias);
    literals[alias] = literal;
  }
  const parsed: ParsedExpressions = {
    ...texts,
    ...(ExpressionAttributeNames ? { ExpressionAttributeNames: markAliases(bound.names) } : {}),
    ...(ExpressionAttributeValues ? { ExpressionAttributeValues: literals } : {}),
  };
  const problem = validations.validateExpressions(parsed);
  if (problem !== undefined) throw invalid(problem);
  const checks: Check[] = [];
  const compiler = (): Compiler => ({
    aliasOf: (literal) => {
      const alias = aliases.get(literal);
      if (alias === undefined) throw new Error('the parser made up a value');
      return alias;
    },
    checks,
    paths: [],
  });
  const { _updates, _condition, _keyCondition, _filter, _projection } = parsed;
  return {
    ...(_updates ? { update: compileUpdate(_updates.sections, compiler()) } : {}),
    ...(_condition ? { condition: compileTest(_condition, compiler()) } : {}),
    ...(_filter ? { filter: compileTest(_filter, compiler()) } : {}),
    ...(_keyCondition
      ? { keyConditions: compileKeyConditions(_keyCondition.expression, compiler()) }
      : {}),
    ...(_projection ? { projection: compileProjection(_projection.paths) } : {}),
    checks,
  };
}

/** What stands for values of which no rule of the parser looks at the content: all but strings and numbers. */
const contents: Partial<Record<ValueType, unknown>> = {
  BOOL: true,
  NULL: true,
  L: [],
  M: {},
  SS: ['member'],
  NS: ['1'],
};

function refuseStrayAliases(expressions: Expressions): void {
  const { UpdateExpression, ConditionExpression, KeyConditionExpression, FilterExpression } =
    expressions;
  const withValues =
    UpdateExpression ?? ConditionExpression ?? KeyConditionExpression ?? FilterExpression;
  if (expressions.ExpressionAttributeValues && withValues === undefined) {
    throw invalid('ExpressionAttributeValues can only be specified when using expressions');
  }
  if (!expressions.ExpressionAttributeNames) return;
  if ((withValues ?? expressions.ProjectionExpression) === undefined) {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  }
}

function compileTest({ expression }: Condition, compiler: Compiler): ConditionPlan {
  return { test: compileCondition(expression, compiler), paths: compiler.paths };
}

function compileProjection(paths: readonly Path[]): (bound: Bound) => Path[] {
  const pathsOf = paths.map(compilePath);
  return ({ names }) => {
    const resolved = pathsOf.map((pathOf) => pathOf(names));
    if (findOverlap(resolved)) throw invalid('Two document paths overlap with each other');
    return resolved;
  };
}
