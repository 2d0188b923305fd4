import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import type { Platform } from '@cloudnestle/runtime/platform';
import { createFindUsersByEmail } from '../find-order.ts';
import type { LetterSource } from '../letters/go-through-letters.ts';
import { connectLetters } from '../letters/stage-letters.ts';
import { buildTrigger } from '../reconcile/by-hand.ts';
import { connectRefundDesk } from '../refunds/connect-refund-desk.ts';
import { toVariables } from '../stage-variables.ts';
import type { Sources } from './sources.ts';

const CALLS_PER_SECOND = 25;

/**
 * The parts that the functions run on, for an operator's work on that stage. `producer` is who publishes, as the events say
 * it; `letters` is how dead-letter queues are read.
 */
export function connectSources(
  stage: EnvironmentSecret,
  platform: Platform,
  {
    producer,
    letters,
  }: { producer: string; letters: Pick<LetterSource, 'longPollSeconds' | 'warn'> },
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
    letters: connectLetters(stage, { ...letters, clients: platform }),
    trigger: buildTrigger(platform, producer),
  };
}
