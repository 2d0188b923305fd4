import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { createPhonePeGateway } from '@cloudnestle/phonepe/create-gateway';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { createPublisher } from '@cloudnestle/runtime/publisher';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import * as z from 'zod';
import { AWS_TIMEOUT_MS } from './deadlines.ts';
import { buildWebhookEndpoint } from './endpoint.ts';

const environmentSchema = z.object({
  TRANSACTIONS_TABLE: z.string().min(1),
  EVENT_BUS_NAME: z.string().min(1),
  GATEWAY_SECRET_ID: z.string().min(1),
  GATEWAY_AUTH_URL: z.url(),
  GATEWAY_BASE_URL: z.url(),
  SOLUTION_ID: z.string().min(1),
});

/** The webhook with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('webhook'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const catalogue = buildCatalogue({ solutionId: config.SOLUTION_ID });
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS });
  const gateway = createPhonePeGateway({
    readCredentials: createSecretReader(config.GATEWAY_SECRET_ID),
    authUrl: config.GATEWAY_AUTH_URL,
    baseUrl: config.GATEWAY_BASE_URL,
    now: platform.now,
    random: platform.random,
  });
  const publish = createPublisher({
    client: createEventBridgeClient({ timeoutMs: AWS_TIMEOUT_MS }),
    busName: config.EVENT_BUS_NAME,
    random: platform.random,
  });
  return buildHttpHandler(
    platform,
    buildWebhookEndpoint({
      gateway,
      publish,
      now: platform.now,
      metrics: platform.metrics,
      findOrder: async (merchantOrderId) => {
        const id = toTransactionId(merchantOrderId);
        const item = await readTransaction(dynamo, config.TRANSACTIONS_TABLE, id);
        return item && readOrder(item, catalogue);
      },
    }),
  );
}
