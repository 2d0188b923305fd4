import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { createFindRecord, createFindUser } from '@cloudnestle/runtime/access-items';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { buildStatusEndpoint } from './endpoint.ts';

/** One AWS call; three in a row, each tried three times at worst, stay within the function's 10 s. */
const AWS_TIMEOUT_MS = 800;

const environmentSchema = z.object({
  TRANSACTIONS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  ENTITLEMENTS_TABLE: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
});

/** The status call with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('checkout'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const catalogue = buildCatalogue({ solutionId: config.SOLUTION_ID });
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const read = createItemReader(dynamo);
  return buildHttpHandler(
    platform,
    buildStatusEndpoint({
      catalogue,
      now: platform.now,
      findOrder: async (transactionId) => {
        const item = await read({ table: config.TRANSACTIONS_TABLE, key: { transactionId } });
        return item && readOrder(item, catalogue);
      },
      findUser: createFindUser(read, config.USERS_TABLE),
      findRecord: createFindRecord(read, config.ENTITLEMENTS_TABLE),
    }),
  );
}
