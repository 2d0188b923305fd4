import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createFindUser } from '@cloudnestle/runtime/access-items';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import * as z from 'zod';
import { createTokenMaker } from '../token.ts';
import { createEntitlementStore } from './entitlement-store.ts';
import { grantAccess } from './grant-access.ts';

const environmentSchema = z.object({
  ...queueEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  ENTITLEMENTS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  TOKEN_SECRET_ID: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
});

/** The subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('entitlements'),
): QueueHandler {
  const config = readConfig(environmentSchema, environment);
  const catalogue = buildCatalogue({ solutionId: config.SOLUTION_ID });
  const dynamo = createDynamoClient({}, platform);
  const deps = {
    catalogue,
    now: platform.now,
    metrics: platform.metrics,
    records: createEntitlementStore(dynamo, config.ENTITLEMENTS_TABLE),
    makeToken: createTokenMaker({
      readSecret: createSecretReader(config.TOKEN_SECRET_ID, {}, platform),
      secretId: config.TOKEN_SECRET_ID,
    }),
    findTransaction: (id: string) => readTransaction(dynamo, config.TRANSACTIONS_TABLE, id),
    findUser: createFindUser(dynamo, config.USERS_TABLE),
  };
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'entitlements',
    contracts: [paymentCompleted, accessEnded],
    handle: (event, delivery) => grantAccess(deps, event, delivery),
  });
}
