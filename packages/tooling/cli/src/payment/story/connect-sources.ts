import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import type { LedgerDependencies } from '@cloudnestle/operations/mails/ledger';
import type { Trigger } from '@cloudnestle/payments/build-events';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import type { Platform } from '@cloudnestle/runtime/platform';
import { connectLetters, type StageLetters } from '../../dlq/stage-letters.ts';
import { createCommandPlatform, toVariables } from '../../environment/function-parts.ts';
import { buildTrigger } from '../../reconcile/job.ts';
import { createFindUsersByEmail, type FindUsersByEmail, type OrderIndex } from '../find-order.ts';

/** Where the story of an order is read, and through which it is mended: the parts that the functions run on. */
export interface Sources {
  stage: string;
  books: ReturnType<typeof connectOperations>;
  /** Who is sending and has sent which mail. */
  ledger: LedgerDependencies;
  orderIndex: OrderIndex;
  findUsersByEmail: FindUsersByEmail;
  letters: StageLetters;
  /** Who publishes, as the events say it. */
  trigger: Trigger;
}

const CALLS_PER_SECOND = 25;

export function connectSources(
  stage: EnvironmentSecret,
  platform: Platform = createCommandPlatform(),
): Sources {
  const dynamo = createDynamoClient({}, platform);
  const { tables, indexes } = stage;
  return {
    stage: stage.stage,
    books: connectOperations(toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }), platform),
    ledger: { dynamo, table: tables.notifications },
    orderIndex: { dynamo, table: tables.transactions, index: indexes.ordersByUser },
    findUsersByEmail: createFindUsersByEmail({
      dynamo,
      table: tables.users,
      index: indexes.usersByEmail,
    }),
    letters: connectLetters(stage, platform),
    trigger: buildTrigger({ platform }),
  };
}
