import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { type Environment, jsonVariable, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { buildReconcileEndpoint } from './endpoint.ts';

const environmentSchema = z.object({
  ADMIN_CLIENT_IDS: jsonVariable(z.array(z.string().min(1)).min(1)),
  ADMIN_GROUP: z.string().min(1),
  ADMIN_TOKEN_USE: z.enum(['id', 'access']),
});

/** Reconciliation by hand with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('reconciliation'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  return buildHttpHandler(
    platform,
    buildReconcileEndpoint({
      ...connectOperations(environment, platform),
      admins: {
        clientIds: config.ADMIN_CLIENT_IDS,
        groups: [config.ADMIN_GROUP],
        tokenUse: config.ADMIN_TOKEN_USE,
      },
    }),
  );
}
