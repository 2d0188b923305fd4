import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { type ActionLog, createActionLog } from '@cloudnestle/operations/actions/action-log';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';

/** Who works, and on what: said before anything is changed, and kept beside what was. */
export interface Operator {
  account: string;
  region: string;
  stage: string;
  /** The end of the caller's ARN: `assumed-role/operators/anna`, `user/anna`, `root`. */
  caller: string;
}

/** An operator who may change something: what they do is kept in the stage's action log. */
export interface ActingOperator extends Operator {
  log: ActionLog;
}

/** Asks AWS who works, and opens the action log of the stage. */
export async function openOperator(environment: EnvironmentSecret): Promise<ActingOperator> {
  const { stage, tables, indexes } = environment;
  const place = {
    dynamo: createDynamoClient(),
    table: tables.operations,
    byTime: indexes.operationsByTime,
    byOrder: indexes.operationsByOrder,
  };
  const log = createActionLog(place, () => new Date());
  return { ...(await identifyOperator(stage)), log };
}

const CONNECTION_TIMEOUT_MS = 2000;
const TIMEOUT_MS = 5000;

/** Asks AWS who the SDK's credentials belong to. */
export async function identifyOperator(stage: string): Promise<Operator> {
  const client = new STSClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: timeLimitMs(CONNECTION_TIMEOUT_MS),
      requestTimeout: timeLimitMs(TIMEOUT_MS),
      throwOnRequestTimeout: true,
    },
  });
  try {
    const region = await client.config.region();
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, region, stage, caller: Arn.split(':').at(-1) ?? '' };
  } finally {
    client.destroy();
  }
}

/** `account 123456789012  region ap-south-1  stage production  caller assumed-role/operators/anna` */
export function describeOperator({ account, region, stage, caller }: Operator): string {
  return `account ${account}  region ${region}  stage ${stage}  caller ${caller}`;
}
