import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import type { Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { createListOrders } from '../orders-by-day.ts';
import { createListPaidBack } from '../refunds/paid-back.ts';
import type { RevenueDependencies } from './recount-days.ts';
import { createRevenueDays } from './revenue-days.ts';

const environmentSchema = z.object({
  TRANSACTIONS_TABLE: z.string().min(1),
  ORDERS_BY_DAY_INDEX: z.string().min(1),
  REFUNDS_TABLE: z.string().min(1),
  REFUNDS_BY_DAY_INDEX: z.string().min(1),
  OPERATIONS_TABLE: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
});

/** All that counting revenue needs, from an environment: for the schedule and the command line alike. */
export function connectRevenue(environment: Environment, platform: Platform): RevenueDependencies {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({}, platform);
  return {
    listOrders: createListOrders({
      dynamo,
      table: config.TRANSACTIONS_TABLE,
      index: config.ORDERS_BY_DAY_INDEX,
    }),
    listPaidBack: createListPaidBack(
      { dynamo, table: config.REFUNDS_TABLE, index: config.REFUNDS_BY_DAY_INDEX },
      (refundId) => platform.log.warn('refund cannot be read', { refundId }),
    ),
    days: createRevenueDays(dynamo, config.OPERATIONS_TABLE),
    // What orders were of is their own snapshot; what is on sale here does not matter.
    catalogue: buildCatalogue({ solutionId: config.SOLUTION_ID }),
    now: platform.now,
  };
}
