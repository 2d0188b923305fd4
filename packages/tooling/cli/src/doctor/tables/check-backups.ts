import { DescribeContinuousBackupsCommand, TableNotFoundException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { type Check, notChecked, ok, type Verdict, wrong } from '../check.ts';
import { deadline } from '../deadline.ts';
import { listTables } from './list-tables.ts';

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
