import { checkIndexKeys, checkItem, checkKey, checkSize, wrongKeyType } from './checks.ts';
import { copyItem, copyItemOut } from './copies.ts';
import { conditionFailed, invalid } from './errors.ts';
import { type BoundPlan, planExpressions } from './expressions.ts';
import type { Input } from './inputs.ts';
import { project } from './paths.ts';
import type { Table } from './table.ts';
import type { ResolvedUpdate } from './updates.ts';
import type { Item } from './values.ts';

/** The table of that name; throws ResourceNotFoundException. */
export type FindTable = (name: string) => Table;

const noItem: Item = {};

export function getItem(find: FindTable, input: Input<'GetCommand'>) {
  const key = copyItem(input.Key);
  const { plan, bound } = planExpressions(input);
  const table = find(input.TableName);
  checkKey(table, key);
  const paths = plan.projection?.(bound);
  if (paths) checkKeyPaths(table, paths);
  const item = input.ConsistentRead ? table.current(key) : table.eventual(key);
  return item ? { Item: copyItemOut(paths ? project(item, paths) : item) } : {};
}

export function putItem(find: FindTable, input: Input<'PutCommand'>) {
  const item = copyItem(input.Item);
  const { plan, bound } = planExpressions(input);
  const table = find(input.TableName);
  const size = checkItem(table, item);
  const before = table.current(item);
  checkCondition({ plan, bound }, before, input.ReturnValuesOnConditionCheckFailure);
  table.put(item, size);
  return before && input.ReturnValues === 'ALL_OLD' ? { Attributes: copyItemOut(before) } : {};
}

export function deleteItem(find: FindTable, input: Input<'DeleteCommand'>) {
  const key = copyItem(input.Key);
  const { plan, bound } = planExpressions(input);
  const table = find(input.TableName);
  checkKey(table, key);
  const before = table.current(key);
  checkCondition({ plan, bound }, before, input.ReturnValuesOnConditionCheckFailure);
  table.delete(key);
  return before && input.ReturnValues === 'ALL_OLD' ? { Attributes: copyItemOut(before) } : {};
}

export function updateItem(find: FindTable, input: Input<'UpdateCommand'>) {
  const key = copyItem(input.Key);
  const { plan, bound } = planExpressions(input);
  const table = find(input.TableName);
  checkKey(table, key);
  const update = plan.update?.resolve(bound);
  if (update) checkUpdate(table, update);
  const before = table.current(key);
  checkCondition({ plan, bound }, before, input.ReturnValuesOnConditionCheckFailure);
  const base = before ?? key;
  const after = update ? update.apply(base) : base;
  checkIndexKeys(table, after);
  table.put(after, checkSize(after));
  const paths = update?.paths ?? [];
  switch (input.ReturnValues) {
    case 'ALL_NEW':
      return { Attributes: copyItemOut(after) };
    case 'UPDATED_NEW':
      return { Attributes: copyItemOut(project(after, paths)) };
    case 'ALL_OLD':
      return before ? { Attributes: copyItemOut(before) } : {};
    case 'UPDATED_OLD':
      return before ? { Attributes: copyItemOut(project(before, paths)) } : {};
    default:
      return {};
  }
}

function checkCondition(
  { plan: { condition }, bound }: BoundPlan,
  item: Item | undefined,
  onFailure: 'NONE' | 'ALL_OLD' | undefined,
): void {
  if (!condition || condition.test(item ?? noItem, bound)) return;
  throw conditionFailed(onFailure === 'ALL_OLD' ? item : undefined);
}

/** What the expression alone says against the update; DynamoDB looks at it before the condition. */
function checkUpdate(table: Table, { paths, typeGivenTo }: ResolvedUpdate): void {
  for (const [name] of paths) {
    if (typeof name === 'string' && table.keyNames.includes(name)) {
      throw invalid(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    }
  }
  checkKeyPaths(table, paths);
  for (const name of table.allKeyNames) {
    const type = typeGivenTo(name);
    if (type !== undefined && type !== 'S') throw wrongKeyType(name, type);
  }
}

/** Keys are strings: no path leads into one. */
export function checkKeyPaths(table: Table, paths: readonly (readonly (string | number)[])[]) {
  for (const path of paths) {
    if (path.length === 1) continue;
    const [name] = path;
    if (typeof name === 'string' && table.allKeyNames.has(name)) {
      throw invalid(
        `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: ${name}`,
      );
    }
  }
}
