import { createRefundRows } from '@cloudnestle/operations/refunds/refund-rows';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { callersEnvironmentShape, readCallers } from '../callers.ts';
import { AWS_TIMEOUT_MS } from '../drive/dependencies.ts';
import { buildLookEndpoint } from './endpoint.ts';

const environmentSchema = z.object({
  ...callersEnvironmentShape,
  REFUNDS_TABLE: z.string().min(1),
});

/** The look at one refund with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('refunds'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const refunds = createRefundRows({ dynamo, table: config.REFUNDS_TABLE });
  return buildHttpHandler(platform, buildLookEndpoint({ refunds, callers: readCallers(config) }));
}
