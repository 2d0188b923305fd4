import { copyItem, copyItemOut } from './copies.ts';
import { invalid } from './errors.ts';
import { type BoundPlan, planExpressions } from './expressions.ts';
import type { Input } from './inputs.ts';
import { checkKeyPaths, type FindTable } from './items.ts';
import { type Path, project } from './paths.ts';
import type { Table } from './table.ts';
import { type KeyRange, rangeOf } from './table-index.ts';
import { type Item, memberOf } from './values.ts';

/** A page ends before it would be larger (AWS). */
const MAX_PAGE_BYTES = 1024 * 1024;

/** Items of one partition of a table or an index, in the order of their sort keys, page by page. */
export function query(find: FindTable, input: Input<'QueryCommand'>) {
  const planned = planExpressions(input);
  const { plan, bound } = planned;
  if (!plan.keyConditions) {
    throw invalid(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const table = find(input.TableName);
  const index = input.IndexName === undefined ? undefined : table.indexes.get(input.IndexName);
  if (input.IndexName !== undefined) {
    if (!index) throw invalid(`The table does not have the specified index: ${input.IndexName}`);
    if (input.ConsistentRead) {
      throw invalid('Consistent reads are not supported on global secondary indexes');
    }
  }
  const keyNames = index?.keyNames ?? table.keyNames;
  const range = resolveRange(planned, keyNames);
  const startNames = [...new Set([...table.keyNames, ...keyNames])];
  const after = input.ExclusiveStartKey
    ? checkStart(index?.keyOf ?? table.keyOf, range, startNames, copyItem(input.ExclusiveStartKey))
    : undefined;
  const paths = plan.projection?.(bound);
  if (paths) checkKeyPaths(table, paths);
  const filter = compileFilter(table, planned, keyNames);
  const page = readPage(
    table.list(index, range, {
      isForward: input.ScanIndexForward ?? true,
      after,
      isConsistent: input.ConsistentRead ?? false,
    }),
    input.Limit ?? Number.POSITIVE_INFINITY,
  );
  const items = filter ? page.items.filter(filter) : page.items;
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: items.map((item) => show(item, paths)) }),
    Count: items.length,
    ScannedCount: page.items.length,
    ...(page.last ? { LastEvaluatedKey: copyItemOut(pick(page.last, startNames)) } : {}),
  };
}

function show(item: Item, paths: readonly Path[] | undefined): Record<string, unknown> {
  return copyItemOut(paths ? project(item, paths) : item);
}

/** `last` where there may be more: the page is full. */
function readPage(versions: Iterable<{ item: Item | undefined; size: number }>, limit: number) {
  const items: Item[] = [];
  let bytes = 0;
  for (const { item, size } of versions) {
    if (!item) continue;
    bytes += size;
    if (bytes > MAX_PAGE_BYTES && items.length > 0) return { items, last: items.at(-1) };
    items.push(item);
    if (items.length >= limit) return { items, last: item };
  }
  return { items, last: undefined };
}

function resolveRange(
  { plan: { keyConditions = [] }, bound }: BoundPlan,
  keyNames: readonly string[],
) {
  const conditions = new Map(keyConditions.map((each) => [each.attribute(bound), each] as const));
  if (conditions.size < keyConditions.length) {
    throw invalid('KeyConditionExpressions must only contain one condition per key');
  }
  const [partitionName = '', sortName = ''] = keyNames;
  const partition = conditions.get(partitionName);
  if (conditions.size > keyNames.length) throw invalid('Query key condition not supported');
  if (!partition) throw invalid(`Query condition missed key schema element: ${partitionName}`);
  const sort = conditions.get(sortName);
  if (conditions.size > 1 && !sort) {
    throw invalid(`Query condition missed key schema element: ${sortName}`);
  }
  if (partition.operator !== 'EQ') throw invalid('Query key condition not supported');
  const [value = ''] = textsOf(partition.values(bound));
  if (!sort) return rangeOf(value);
  return rangeOf(value, { operator: sort.operator, values: textsOf(sort.values(bound)) });
}

function textsOf(values: readonly unknown[]): string[] {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length < values.length) {
    throw invalid(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  }
  if (texts.includes('')) {
    throw invalid('One or more parameter values are not valid: a key cannot be an empty string');
  }
  return texts;
}

function checkStart(
  keyOf: (item: Item) => string | undefined,
  range: KeyRange,
  names: readonly string[],
  start: Item,
): string {
  const at = keyOf(start);
  if (at === undefined || Object.keys(start).length !== names.length) {
    throw invalid('The provided starting key is invalid');
  }
  if (at < range.low || at >= range.high) {
    throw invalid(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
  return at;
}

function compileFilter(
  table: Table,
  { plan: { filter }, bound }: BoundPlan,
  keyNames: readonly string[],
) {
  if (!filter) return undefined;
  const paths = filter.paths.map((pathOf) => pathOf(bound.names));
  const key = paths.find(([name]) => typeof name === 'string' && keyNames.includes(name));
  if (key) {
    throw invalid(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key[0]}`,
    );
  }
  checkKeyPaths(table, paths);
  return (item: Item) => filter.test(item, bound);
}

function pick(item: Item, names: readonly string[]): Item {
  const picked: Record<string, Item[string]> = {};
  for (const name of names) {
    const value = memberOf(item, name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
