import { setTimeout as sleep } from 'node:timers/promises';
import { frontendsSchema } from '@cloudnestle/contracts/frontend';
import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { createFindUser } from '@cloudnestle/runtime/access-items';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, jsonVariable, readConfig } from '@cloudnestle/runtime/config';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import { readShopCatalogue, shopEnvironmentShape } from '@cloudnestle/runtime/shop-catalogue';
import * as z from 'zod';
import { createBillingProfiles } from './billing-profiles.ts';
import { createCheckoutSlots } from './checkout-slots.ts';
import { buildUpgradeEndpoint } from './endpoint.ts';
import { createOrderRows } from './order-rows.ts';
import { AWS_TIMEOUT_MS } from './upgrade-call.ts';

const environmentSchema = z.object({
  ...gatewayEnvironmentShape,
  ...busEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  CHECKOUTS_TABLE: z.string().min(1),
  FRONTENDS: jsonVariable(frontendsSchema),
  ...shopEnvironmentShape,
  FUNCTION_TIMEOUT_MS: z.coerce.number().int().positive(),
});

/** The upgrade call with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('checkout'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const { now } = platform;
  const catalogue = readShopCatalogue(config);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const endpoint = buildUpgradeEndpoint({
    ...platform,
    catalogue,
    frontends: config.FRONTENDS,
    functionTimeoutMs: timeLimitMs(config.FUNCTION_TIMEOUT_MS),
    gateways: connectGateways(config, createGatewayTools(platform)),
    publish: connectBus(config, { ...platform, timeoutMs: AWS_TIMEOUT_MS }),
    findUser: createFindUser(readOneByOne(dynamo), config.USERS_TABLE),
    slots: createCheckoutSlots({
      dynamo,
      table: config.CHECKOUTS_TABLE,
      now,
      leaseMs: config.FUNCTION_TIMEOUT_MS,
    }),
    rows: createOrderRows({ dynamo, table: config.TRANSACTIONS_TABLE, catalogue, now }),
    profiles: createBillingProfiles({ dynamo, table: config.CHECKOUTS_TABLE, now }),
    sleep: (ms) => sleep(ms),
  });
  return buildHttpHandler(platform, endpoint);
}
