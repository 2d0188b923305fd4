import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { IndexKey, TableDefinition } from '@cloudnestle/topology/types';
import { judge, type Verdict, wrong } from '../check.ts';
import { describeKeys, readKeys } from './keys.ts';

const ACTIVE = 'ACTIVE';

/** Whether a table and its indexes are there, usable and keyed as the topology says; `names` are the stage's own. */
export function judgeTable(
  table: TableDescription | undefined,
  definition: TableDefinition,
  names: Readonly<Record<IndexKey, string>>,
): Verdict {
  if (!table) return wrong('there is no such table: deploy the stage again');
  const indexes = definition.indexes.map((index) => ({
    ...index,
    name: nameOn(names, index.name),
  }));
  const problems = [
    ...findInactive('the table', table.TableStatus),
    ...findWrongKeys('the table', readKeys(table, table.KeySchema), describeKeys(definition)),
    ...indexes.flatMap((index) => findIndexProblems(table, index)),
  ];
  const listed = indexes.map(({ name }) => name).join(', ');
  return judge(problems, listed ? `indexes ${listed}` : 'needs no index');
}

function findIndexProblems(
  table: TableDescription,
  index: TableDefinition['indexes'][number],
): string[] {
  const found = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.name);
  const what = `the index ${index.name}`;
  if (!found)
    return [
      `has no index ${index.name} on ${describeKeys(index)}: deploy the stage again, or payments backfill`,
    ];
  return [
    ...findInactive(what, found.IndexStatus),
    ...findWrongKeys(what, readKeys(table, found.KeySchema), describeKeys(index)),
  ];
}

function findInactive(what: string, status: string | undefined): string[] {
  return status === ACTIVE
    ? []
    : [`${what} is ${status ?? 'without a status'}; should be ${ACTIVE}`];
}

function findWrongKeys(what: string, keys: string, wanted: string): string[] {
  return keys === wanted ? [] : [`${what} is keyed by ${keys}; should be ${wanted}`];
}

/** The topology calls its indexes by their default names. */
function nameOn(names: Readonly<Record<IndexKey, string>>, defaultName: string): string {
  const keys = environmentSecretSchema.shape.indexes.keyof().options;
  const key = keys.find((each) => defaultIndexNames[each] === defaultName);
  return key ? names[key] : defaultName;
}
