import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createItemReader, readAhead } from '@cloudnestle/runtime/item-reader';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
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
  const read = createItemReader(dynamo);
  const orderAt = (transactionId: string) => ({
    table: config.TRANSACTIONS_TABLE,
    key: { transactionId },
  });
  const userAt = (userId: string) => ({ table: config.USERS_TABLE, key: { userId } });
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'tiers',
    contracts: [paymentCompleted, accessEnded],
    handle: (event, delivery) => {
      const { transactionId, userId } = event.data;
      const own = readAhead(read, [orderAt(transactionId), userAt(userId)]);
      return upgradeTier(
        {
          tiers,
          now: platform.now,
          metrics: platform.metrics,
          findTransaction: (id) => own(orderAt(id)),
          mergeUser: (id, merge) =>
            mergeItem({ dynamo, table: config.USERS_TABLE, read: own }, { userId: id }, merge),
        },
        event,
        delivery,
      );
    },
  });
}
