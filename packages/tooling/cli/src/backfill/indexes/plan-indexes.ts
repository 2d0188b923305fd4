import type { TableDescription } from '@aws-sdk/client-dynamodb';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { defaultIndexNames, tables } from '@cloudnestle/topology/tables';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../../cli-error.ts';
import { describeKeys, listTables, readKeys } from '../../environment/stage-tables.ts';
import type { IndexResult } from '../result.ts';
import type { TablePort } from './table-port.ts';

export interface IndexPlan {
  indexes: IndexResult[];
  /** Rows by table, as AWS counted them in the last hours. */
  rowCounts: ReadonlyMap<string, number>;
}

/** Looks at every table, and throws a `CliError` with all that a person must put right before anything is changed. */
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

/** The topology's tables and indexes under the names that they have on this stage. */
export function nameTables(stage: EnvironmentSecret): TableDefinition[] {
  const keys = environmentSecretSchema.shape.indexes.keyof().options;
  const names = new Map(keys.map((key) => [defaultIndexNames[key], stage.indexes[key]]));
  return listTables(stage).map(({ key, name }) => ({
    ...tables[key],
    name,
    indexes: tables[key].indexes.map((index) => ({
      ...index,
      name: names.get(index.name) ?? index.name,
    })),
  }));
}
