import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type TableDescription,
  TableNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { judgeBackups, judgeTable, type TableProblem } from '@cloudnestle/topology/judge/table';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { PROGRAM } from '../words/program-name.ts';
import { type Check, deadline, judge, notChecked, type Verdict, wrong } from './check.ts';
import { nameTables, readTable } from './stage-tables.ts';

/** Every table with its keys and its indexes. */
export function checkTables(stage: EnvironmentSecret, dynamo: DynamoDBDocumentClient): Check[] {
  return nameTables(stage).map((table) => ({
    check: 'tables',
    subject: table.name,
    asks: 'dynamodb:DescribeTable',
    look: async () => examineTable(await describe(dynamo, table.name), table),
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

/** Whether a table and its indexes are there, usable and as the topology says; `wanted` has the stage's names. */
export function examineTable(
  table: TableDescription | undefined,
  wanted: TableDefinition,
): Verdict {
  if (!table) return wrong('there is no such table: deploy the stage again');
  const names = wanted.indexes.map(({ name }) => name);
  const problems = [
    ...findInactive('the table', table.TableStatus),
    ...(table.GlobalSecondaryIndexes ?? [])
      .filter(({ IndexName = '' }) => names.includes(IndexName))
      .flatMap(({ IndexName, IndexStatus }) => findInactive(`the index ${IndexName}`, IndexStatus)),
    ...judgeTable(readTable(table), wanted).map(describeProblem),
  ];
  return judge(problems, names.length > 0 ? `indexes ${names.join(', ')}` : 'needs no index');
}

function findInactive(what: string, status: string | undefined): string[] {
  return status === ACTIVE
    ? []
    : [`${what} is ${status ?? 'without a status'}; should be ${ACTIVE}`];
}

function describeProblem({ fact, index, words }: TableProblem): string {
  if (fact === 'no index') return `${words}: deploy the stage again, or ${PROGRAM} backfill`;
  return index === undefined ? `the table ${words}` : `the index ${index} ${words}`;
}

/** Whether every table can be set back to any moment of the last weeks. */
export function checkBackups(
  stage: EnvironmentSecret,
  dynamo: DynamoDBDocumentClient,
  options: { isProduction: boolean },
): Check[] {
  return nameTables(stage).map(({ name }) => ({
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
    return examineBackups(PointInTimeRecoveryStatus, options);
  } catch (error) {
    if (error instanceof TableNotFoundException) return notChecked('there is no such table');
    throw error;
  }
}

/** `status` is DynamoDB's word; undefined where it says none. */
export function examineBackups(
  status: string | undefined,
  options: { isProduction: boolean },
): Verdict {
  const isOn = status === 'ENABLED';
  return judge(
    judgeBackups(isOn, options).map(({ words }) => words),
    `point-in-time recovery is ${isOn ? 'on' : 'off, which only production needs'}`,
  );
}
