import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { readTable } from '@cloudnestle/operations/doctor/stage-tables';
import { describeWantedKeys, judgeTable } from '@cloudnestle/topology/judge/table';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../../cli-error.ts';
import type { IndexResult } from '../result.ts';
import type { TablePort } from './table-port.ts';

export interface IndexPlan {
  indexes: IndexResult[];
  /** Rows by table, as AWS counted them in the last hours. */
  rowCounts: ReadonlyMap<string, number>;
}

/** Looks at every table, and throws a `CliError` with all that an operator must put right before anything is changed. */
export async function planIndexes(
  port: TablePort,
  tables: readonly TableDefinition[],
): Promise<IndexPlan> {
  const found = await Promise.all(tables.map(({ name }) => port.describe(name)));
  const plans = tables.map((table, at) => planTable(found[at], table));
  const problems = plans.flatMap((plan) => plan.problems);
  if (problems.length > 0) {
    throw new CliError(`Nothing was changed: ${problems.join('; ')}.`);
  }
  const counts = tables.map(({ name }, at) => [name, found[at]?.ItemCount ?? 0] as const);
  return { indexes: plans.flatMap((plan) => plan.indexes), rowCounts: new Map(counts) };
}

/** What a table lacks, and why it must not be touched. */
interface TablePlan {
  indexes: IndexResult[];
  problems: string[];
}

/** What it takes; anything else is either waited for or an operator's to put right. */
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
      ...findWrongKeys(found, wanted),
      ...(missing.length > 0 ? findWhyNoIndexFits(found, wanted) : []),
    ],
  };
}

type Index = TableDefinition['indexes'][number];

function planIndex(found: TableDescription, { name }: TableDefinition, index: Index): IndexResult {
  const keys = describeWantedKeys(index);
  const state = findIndex(found, index.name)?.IndexStatus;
  const result = { table: name, index: index.name, keys };
  if (state === undefined || state === 'DELETING') return { ...result, state: 'missing' };
  return { ...result, state: state === 'CREATING' ? 'being made' : 'there' };
}

function findWrongKeys(found: TableDescription, wanted: TableDefinition): string[] {
  return judgeTable(readTable(found), wanted)
    .filter(({ fact }) => fact === 'keys')
    .map(({ index, words }) => {
      const what = index === undefined ? 'the table' : `the index ${index} of`;
      return `${what} ${wanted.name} ${words}`;
    });
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

/** An index of a table by its name. */
export function findIndex(table: TableDescription | undefined, name: string) {
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
}
