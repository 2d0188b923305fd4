import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { describeKeys, readKeys } from '../../doctor/tables/keys.ts';
import type { IndexResult } from './index-result.ts';

/** What a table lacks, and why it must not be touched. */
export interface TablePlan {
  indexes: IndexResult[];
  problems: string[];
}

/** What it takes; anything else is either waited for or a person's to put right. */
const usable = new Set(['ACTIVE', 'CREATING', 'UPDATING']);

/** Compares a table as it is with the topology's; `wanted` has the stage's names. Decides, and does nothing. */
export function planTable(found: TableDescription | undefined, wanted: TableDefinition): TablePlan {
  const { name } = wanted;
  if (!found) return { indexes: [], problems: [`there is no table ${name}: none is made here`] };
  const status = found.TableStatus ?? 'without a status';
  if (!usable.has(status)) return { indexes: [], problems: [`the table ${name} is ${status}`] };
  const indexes = wanted.indexes.map((index) => planIndex(found, wanted, index));
  const missing = indexes.filter(({ state }) => state === 'missing');
  return {
    indexes,
    problems: [
      ...compareKeys(`the table ${name}`, readKeys(found, found.KeySchema), describeKeys(wanted)),
      ...wanted.indexes.flatMap((index) => findWrongKeys(found, index, name)),
      ...(missing.length > 0 ? findWhyNoIndexFits(found, wanted) : []),
    ],
  };
}

type Index = TableDefinition['indexes'][number];

function planIndex(found: TableDescription, { name }: TableDefinition, index: Index): IndexResult {
  const keys = describeKeys(index);
  const state = findIndex(found, index.name)?.IndexStatus;
  const result = { table: name, index: index.name, keys };
  if (state === undefined || state === 'DELETING') return { ...result, state: 'missing' };
  return { ...result, state: state === 'CREATING' ? 'being made' : 'there' };
}

function findWrongKeys(found: TableDescription, index: Index, table: string): string[] {
  const there = findIndex(found, index.name);
  if (!there) return [];
  const what = `the index ${index.name} of ${table}`;
  return compareKeys(what, readKeys(found, there.KeySchema), describeKeys(index));
}

/** Why the table cannot have a further index as it is. */
function findWhyNoIndexFits(found: TableDescription, { name, indexes }: TableDefinition): string[] {
  const isOnDemand = found.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const attributes = new Set(indexes.flatMap((each) => [each.partitionKey, each.sortKey]));
  const others = (found.AttributeDefinitions ?? []).filter(
    ({ AttributeName, AttributeType }) => attributes.has(AttributeName) && AttributeType !== 'S',
  );
  return [
    ...(isOnDemand
      ? []
      : [
          `the table ${name} has provisioned capacity, and an index would need its own. Switch it to on-demand first: ` +
            `aws dynamodb update-table --table-name ${name} --billing-mode PAY_PER_REQUEST`,
        ]),
    ...others.map(
      ({ AttributeName, AttributeType }) =>
        `the table ${name} declares ${AttributeName} as ${AttributeType}; should be S`,
    ),
  ];
}

function compareKeys(what: string, keys: string, wanted: string): string[] {
  return keys === wanted ? [] : [`${what} is keyed by ${keys}; should be ${wanted}`];
}

/** An index of a table by its name. */
export function findIndex(table: TableDescription | undefined, name: string) {
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
}
