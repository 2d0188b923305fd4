import { setTimeout as sleep } from 'node:timers/promises';
import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createFindRecord, createFindUser } from '@cloudnestle/runtime/access-items';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import * as z from 'zod';

/** What the sweep and reconciling by hand find in their environment alike. */
export const settlingEnvironmentShape = {
  ...gatewayEnvironmentShape,
  ...busEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  ENTITLEMENTS_TABLE: z.string().min(1),
  GATEWAY_CALLS_PER_SECOND: z.coerce.number().int().positive(),
  SOLUTION_ID: z.string().min(1),
};

/** All that it takes to find the truth about an order, and to bring it in. */
export function buildSettling(
  config: z.infer<z.ZodObject<typeof settlingEnvironmentShape>>,
  platform: Platform,
  { read, awsTimeoutMs }: { read: ReadItem; awsTimeoutMs: number },
) {
  const { now, metrics } = platform;
  return {
    now,
    metrics,
    catalogue: buildCatalogue({ solutionId: config.SOLUTION_ID }),
    gateways: connectGateways(config, createGatewayTools(platform)),
    publish: connectBus(config, { ...platform, timeoutMs: awsTimeoutMs }),
    findUser: createFindUser(read, config.USERS_TABLE),
    findRecord: createFindRecord(read, config.ENTITLEMENTS_TABLE),
    callsPerSecond: config.GATEWAY_CALLS_PER_SECOND,
    sleep: (ms: number, signal: AbortSignal) =>
      sleep(ms, undefined, { signal }).catch(() => undefined),
  };
}
