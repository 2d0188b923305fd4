import { frontendsSchema } from '@cloudnestle/contracts/frontend';
import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, jsonVariable, readConfig } from '@cloudnestle/runtime/config';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { createFindReturnPage } from '../return-page.ts';
import { buildCallbackEndpoint } from './endpoint.ts';
import { createReturnedOrders } from './returned-orders.ts';

/** One AWS call; confirm-return.ts bounds the whole. */
const AWS_TIMEOUT_MS = 1000;

const environmentSchema = z.object({
  ...gatewayEnvironmentShape,
  ...busEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  FRONTENDS: jsonVariable(frontendsSchema),
  SOLUTION_ID: z.string().min(1),
});

/** The browser's return with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('checkout'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const { now, newId, metrics } = platform;
  const endpoint = buildCallbackEndpoint({
    now,
    newId,
    metrics,
    findReturnPage: createFindReturnPage(config.FRONTENDS),
    gateways: connectGateways(config, createGatewayTools(platform)),
    publish: connectBus(config, { ...platform, timeoutMs: AWS_TIMEOUT_MS }),
    orders: createReturnedOrders({
      dynamo: createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform),
      table: config.TRANSACTIONS_TABLE,
      catalogue: buildCatalogue({ solutionId: config.SOLUTION_ID }),
      now,
    }),
  });
  return buildHttpHandler(platform, endpoint);
}
