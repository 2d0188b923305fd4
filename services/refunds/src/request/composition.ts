import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { callersEnvironmentShape, readCallers } from '../callers.ts';
import { connectRefunds, refundEnvironmentShape } from '../connect-refunds.ts';
import { buildRefundEndpoint } from './endpoint.ts';

const environmentSchema = z.object({ ...refundEnvironmentShape, ...callersEnvironmentShape });

/** The refund call with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('refunds'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const deps = connectRefunds(config, platform);
  return buildHttpHandler(
    platform,
    buildRefundEndpoint({ ...deps, callers: readCallers(config), sleep: (ms) => sleep(ms) }),
  );
}
