import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  createListByGatewayOrder,
  findByGatewayId,
  readTransaction,
} from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { AWS_TIMEOUT_MS } from './deadlines.ts';
import { buildWebhookEndpoint } from './endpoint.ts';

const environmentSchema = z.object({
  ...gatewayEnvironmentShape,
  ...busEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  ORDERS_BY_GATEWAY_ORDER_INDEX: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
});

/** The webhook with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('webhook'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const catalogue = buildCatalogue({ solutionId: config.SOLUTION_ID });
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const table = config.TRANSACTIONS_TABLE;
  const rows = {
    find: (transactionId: string) => readTransaction(dynamo, table, transactionId),
    listByGatewayOrder: createListByGatewayOrder(dynamo, {
      table,
      index: config.ORDERS_BY_GATEWAY_ORDER_INDEX,
    }),
  };
  const publish = connectBus(config, { ...platform, timeoutMs: AWS_TIMEOUT_MS });
  return buildHttpHandler(
    platform,
    buildWebhookEndpoint({
      gateways: connectGateways(config, createGatewayTools(platform)),
      publish,
      now: platform.now,
      metrics: platform.metrics,
      findOrder: async ({ merchantOrderId, gatewayOrderId }) => {
        const item = await (merchantOrderId === undefined
          ? findByGatewayId(rows, gatewayOrderId)
          : rows.find(toTransactionId(merchantOrderId)));
        return item && readOrder(item, catalogue);
      },
    }),
  );
}
