import { setTimeout as sleep } from 'node:timers/promises';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import type { Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { connectOperations } from '../connect-operations.ts';
import { createRefundRows } from './refund-rows.ts';
import { createListRefundsOf } from './refunds-of-order.ts';

/** One attempt of one AWS call. */
const AWS_TIMEOUT_MS = 2000;

const environmentSchema = z.object({
  REFUNDS_TABLE: z.string().min(1),
  REFUNDS_BY_ORDER_INDEX: z.string().min(1),
});

/** All that it takes to ask for refunds by hand, and to look at them, from an environment. */
export function connectRefundDesk(environment: Environment, platform: Platform) {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const table = config.REFUNDS_TABLE;
  const onUnreadable = (refundId: string) =>
    platform.log.warn('refund cannot be read', { refundId });
  return {
    ...connectOperations(environment, platform),
    newId: platform.newId,
    refunds: createRefundRows({ dynamo, table }),
    listRefundsOf: createListRefundsOf(
      { dynamo, table, index: config.REFUNDS_BY_ORDER_INDEX },
      onUnreadable,
    ) satisfies (transactionId: string) => Promise<RefundItem[]>,
    sleep: (ms: number) => sleep(ms),
  };
}
