import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { createFindUsersByEmail } from '@cloudnestle/operations/find-order';
import { connectRefundDesk } from '@cloudnestle/operations/refunds/connect-refund-desk';
import type { Sources } from '@cloudnestle/operations/story/sources';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import type { Platform } from '@cloudnestle/runtime/platform';
import { connectLetters } from '../dlq/stage-letters.ts';
import { createCommandPlatform, toVariables } from '../environment/function-parts.ts';
import { buildTrigger } from '../reconcile/job.ts';

const CALLS_PER_SECOND = 25;

/** The parts that the functions run on, for a command on that stage. */
export function connectSources(
  stage: EnvironmentSecret,
  platform: Platform = createCommandPlatform(),
): Sources {
  const desk = connectRefundDesk(
    toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }),
    platform,
  );
  const dynamo = createDynamoClient({}, platform);
  const { tables, indexes } = stage;
  return {
    stage: stage.stage,
    books: desk,
    refunds: desk,
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
