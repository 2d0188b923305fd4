import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import type { Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { createListAttention } from '../attention/list-attention.ts';
import { buildSettling, settlingEnvironmentShape } from '../settling.ts';
import { AWS_TIMEOUT_MS } from './dependencies.ts';
import { createOpenOrders } from './open-orders.ts';
import { runSweep, type SweepOptions, type SweepSummary } from './run-sweep.ts';

const environmentSchema = z.object({
  ...settlingEnvironmentShape,
  OPEN_ORDERS_INDEX: z.string().min(1),
  ORDERS_NEEDING_ATTENTION_INDEX: z.string().min(1),
  PASS_REMINDER_DAYS: z.coerce.number().int().nonnegative(),
});

/** One run of the sweep, for the schedule and the command line alike. */
export type Sweep = (options: SweepOptions) => Promise<SweepSummary>;

/** The sweep with everything it needs, from an environment. */
export function buildSweep(environment: Environment, platform: Platform): Sweep {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const deps = {
    ...platform,
    ...buildSettling(config, platform, {
      read: createItemReader(dynamo),
      awsTimeoutMs: AWS_TIMEOUT_MS,
    }),
    reminderDays: config.PASS_REMINDER_DAYS,
    openOrders: createOpenOrders({
      dynamo,
      table: config.TRANSACTIONS_TABLE,
      index: config.OPEN_ORDERS_INDEX,
    }),
    listAttention: createListAttention({
      dynamo,
      table: config.TRANSACTIONS_TABLE,
      index: config.ORDERS_NEEDING_ATTENTION_INDEX,
    }),
  };
  return (options) => runSweep(deps, options);
}
