import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { createListAttention, type ListAttention } from './attention/list-attention.ts';
import { createListOrders } from './orders-by-day.ts';
import type { RangeDependencies } from './reconcile/reconcile-range.ts';
import { createListPaidBack, type ListPaidBack } from './refunds/paid-back.ts';
import { buildSettling, settlingEnvironmentShape } from './settling.ts';

/** One attempt of one AWS call. */
const AWS_TIMEOUT_MS = 2000;

const environmentSchema = z.object({
  ...settlingEnvironmentShape,
  ORDERS_BY_DAY_INDEX: z.string().min(1),
  ORDERS_NEEDING_ATTENTION_INDEX: z.string().min(1),
  REFUNDS_TABLE: z.string().min(1),
  REFUNDS_BY_DAY_INDEX: z.string().min(1),
});

/**
 * All that reconciling by hand, reporting and orders in attention need, from an environment: for the admin's call and the
 * command line alike.
 */
export function connectOperations(
  environment: Environment,
  platform: Platform,
): RangeDependencies & { listAttention: ListAttention; listPaidBack: ListPaidBack } {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const table = config.TRANSACTIONS_TABLE;
  return {
    ...buildSettling(config, platform, {
      read: readOneByOne(dynamo),
      awsTimeoutMs: AWS_TIMEOUT_MS,
    }),
    findTransaction: (id) => readTransaction(dynamo, table, id),
    mergeTransaction: (transactionId, merge) =>
      mergeItem({ dynamo, table }, { transactionId }, merge),
    listOrders: createListOrders({ dynamo, table, index: config.ORDERS_BY_DAY_INDEX }),
    listPaidBack: createListPaidBack(
      { dynamo, table: config.REFUNDS_TABLE, index: config.REFUNDS_BY_DAY_INDEX },
      (refundId) => platform.log.warn('refund cannot be read', { refundId }),
    ),
    listAttention: createListAttention({
      dynamo,
      table,
      index: config.ORDERS_NEEDING_ATTENTION_INDEX,
    }),
  };
}
