import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createFindUser } from '@cloudnestle/runtime/access-items';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createItemReader, readAhead } from '@cloudnestle/runtime/item-reader';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import type { ItemKey } from '@cloudnestle/runtime/read-item';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import * as z from 'zod';
import { createTokenMaker } from '../token.ts';
import { createEntitlementStore } from './entitlement-store.ts';
import { type AccessEvent, grantAccess } from './grant-access.ts';

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
  const read = createItemReader(dynamo);
  const orderAt = (transactionId: string) => ({
    table: config.TRANSACTIONS_TABLE,
    key: { transactionId },
  });
  const deps = {
    catalogue,
    now: platform.now,
    metrics: platform.metrics,
    makeToken: createTokenMaker({
      readSecret: createSecretReader(config.TOKEN_SECRET_ID, {}, platform),
      secretId: config.TOKEN_SECRET_ID,
    }),
    findUser: createFindUser(read, config.USERS_TABLE),
  };
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'entitlements',
    contracts: [paymentCompleted, accessEnded],
    handle: (event, delivery) => {
      const places = [
        orderAt(event.data.transactionId),
        ...recordsOf(event, config.ENTITLEMENTS_TABLE),
      ];
      const own = readAhead(read, places);
      const records = createEntitlementStore(dynamo, config.ENTITLEMENTS_TABLE, own);
      const findTransaction = (id: string) => own(orderAt(id));
      return grantAccess({ ...deps, records, findTransaction }, event, delivery);
    },
  });
}

/** The records that the event itself names. Where the order has another address, those by it are read for themselves. */
function recordsOf({ data: { userId, userEmail, plan } }: AccessEvent, table: string): ItemKey[] {
  return plan.solutionIds
    .flatMap((id) => [userRecordKey(userId, id), ...emailRecordKeys([userEmail], id)])
    .map(({ pk, sk }) => ({ table, key: { pk, sk } }));
}
