import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { upgradeTier } from './upgrade-tier.ts';

const environmentSchema = z.object({
  ...queueEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
});

/** The subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('tiers'),
): QueueHandler {
  const config = readConfig(environmentSchema, environment);
  const { tiers } = buildCatalogue({ solutionId: config.SOLUTION_ID });
  const dynamo = createDynamoClient({}, platform);
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'tiers',
    contracts: [paymentCompleted, accessEnded],
    handle: (event, delivery) =>
      upgradeTier(
        {
          tiers,
          now: platform.now,
          metrics: platform.metrics,
          findTransaction: (id) => readTransaction(dynamo, config.TRANSACTIONS_TABLE, id),
          mergeUser: (userId, merge) =>
            mergeItem({ dynamo, table: config.USERS_TABLE }, { userId }, merge),
        },
        event,
        delivery,
      ),
  });
}
