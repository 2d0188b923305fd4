import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createListAttention } from '@cloudnestle/operations/attention/list-attention';
import { listRefunds } from '@cloudnestle/operations/refunds/refund-rows';
import { createListRefundsOf } from '@cloudnestle/operations/refunds/refunds-of-order';
import { dayShardKeys, openShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { type Environment, jsonVariable, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { buildScheduleHandler, type ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import { indexShardCount } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import { connectRefunds, refundEnvironmentShape } from '../connect-refunds.ts';
import { runRefundSweep } from './run-refund-sweep.ts';

const environmentSchema = z.object({
  ...refundEnvironmentShape,
  OPEN_REFUNDS_INDEX: z.string().min(1),
  REFUNDS_BY_DAY_INDEX: z.string().min(1),
  REFUNDS_BY_ORDER_INDEX: z.string().min(1),
  ORDERS_NEEDING_ATTENTION_INDEX: z.string().min(1),
  REFUND_DUPLICATES: jsonVariable(
    z.object({
      enabled: z.boolean(),
      holdHours: z.number().positive(),
      maxPerDay: z.int().positive(),
    }),
  ),
});

/** The refund sweep as a function on a schedule. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('refunds'),
): ScheduleHandler {
  const config = readConfig(environmentSchema, environment);
  const deps = connectRefunds(config, platform);
  const list = (where: Omit<Shards, 'table'>) =>
    listShards(deps.dynamo, { table: config.REFUNDS_TABLE, ...where });
  const warnUnreadable = (refundId: string) => deps.log.warn('refund cannot be read', { refundId });
  return buildScheduleHandler(platform, {
    unit: 'refundSweep',
    run: (options) =>
      runRefundSweep(
        {
          ...deps,
          sleep: (ms) => sleep(ms),
          duplicates: config.REFUND_DUPLICATES,
          listAttention: createListAttention({
            dynamo: deps.dynamo,
            table: config.TRANSACTIONS_TABLE,
            index: config.ORDERS_NEEDING_ATTENTION_INDEX,
          }),
          listRefundsOf: createListRefundsOf(
            {
              dynamo: deps.dynamo,
              table: config.REFUNDS_TABLE,
              index: config.REFUNDS_BY_ORDER_INDEX,
            },
            warnUnreadable,
          ),
          listOpen: (onUnreadable) =>
            list({
              name: 'openShard',
              index: config.OPEN_REFUNDS_INDEX,
              values: openShardKeys(indexShardCount),
              onUnreadable,
            }),
          listPaidBack: (day) =>
            list({
              name: 'dayShard',
              index: config.REFUNDS_BY_DAY_INDEX,
              values: dayShardKeys(istDay(day), indexShardCount),
              onUnreadable: warnUnreadable,
            }),
        },
        options,
      ),
  });
}

interface Shards {
  table: string;
  index: string;
  name: 'openShard' | 'dayShard';
  values: readonly string[];
  onUnreadable(refundId: string): void;
}

async function* listShards(
  dynamo: DynamoDBDocumentClient,
  { table, index, name, values, onUnreadable }: Shards,
) {
  for (const value of values) {
    yield* listRefunds({ dynamo, table, index }, { name, value }, onUnreadable);
  }
}
