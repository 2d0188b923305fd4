import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type TableDescription,
  TableNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { defaultIndexNames, tables } from '@cloudnestle/topology/tables';
import type { IndexKey, TableDefinition } from '@cloudnestle/topology/types';
import { describeKeys, listTables, readKeys } from '../environment/stage-tables.ts';
import { PROGRAM } from '../program-name.ts';
import { type Check, deadline, judge, notChecked, ok, type Verdict, wrong } from './check.ts';

/** Every table with its keys and its indexes. */
export function checkTables(stage: EnvironmentSecret, dynamo: DynamoDBDocumentClient): Check[] {
  return listTables(stage).map(({ key, name }) => ({
    check: 'tables',
    subject: name,
    asks: 'dynamodb:DescribeTable',
    look: async () => judgeTable(await describe(dynamo, name), tables[key], stage.indexes),
  }));
}

async function describe(dynamo: DynamoDBDocumentClient, TableName: string) {
  try {
    return (await dynamo.send(new DescribeTableCommand({ TableName }), deadline())).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

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
      `has no index ${index.name} on ${describeKeys(index)}: deploy the stage again, or ${PROGRAM} backfill`,
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

/** Whether every table can be set back to any moment of the last weeks. */
export function checkBackups(
  stage: EnvironmentSecret,
  dynamo: DynamoDBDocumentClient,
  options: { isProduction: boolean },
): Check[] {
  return listTables(stage).map(({ name }) => ({
    check: 'backups',
    subject: name,
    asks: 'dynamodb:DescribeContinuousBackups',
    look: () => look(dynamo, name, options),
  }));
}

async function look(
  dynamo: DynamoDBDocumentClient,
  TableName: string,
  options: { isProduction: boolean },
): Promise<Verdict> {
  const question = new DescribeContinuousBackupsCommand({ TableName });
  try {
    const { ContinuousBackupsDescription: backups } = await dynamo.send(question, deadline());
    const { PointInTimeRecoveryStatus } = backups?.PointInTimeRecoveryDescription ?? {};
    return judgeBackups(PointInTimeRecoveryStatus, options);
  } catch (error) {
    if (error instanceof TableNotFoundException) return notChecked('there is no such table');
    throw error;
  }
}

/** Off is wrong only where it is about real money. */
export function judgeBackups(
  status: string | undefined,
  { isProduction }: { isProduction: boolean },
): Verdict {
  if (status === 'ENABLED') return ok('point-in-time recovery is on');
  return isProduction
    ? wrong('point-in-time recovery is off; should be on')
    : ok('point-in-time recovery is off, which only production needs');
}
