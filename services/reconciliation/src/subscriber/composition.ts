import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import { paymentRefunded } from '@cloudnestle/contracts/events/payment-refunded';
import { refundFailed } from '@cloudnestle/contracts/events/refund-failed';
import { refundInDoubt } from '@cloudnestle/contracts/events/refund-in-doubt';
import { daySchema } from '@cloudnestle/contracts/time';
import { createPaidOrders } from '@cloudnestle/operations/paid-orders';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, jsonVariable, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import * as z from 'zod';
import { recordEvent } from './record-event.ts';
import { createTransactionRows } from './stores.ts';

/** One attempt of one call to the bus. */
const BUS_TIMEOUT_MS = 2000;

const environmentSchema = z.object({
  ...queueEnvironmentShape,
  ...busEnvironmentShape,
  SOLUTION_ID: z.string().min(1),
  TRANSACTIONS_TABLE: z.string().min(1),
  ORDERS_BY_GATEWAY_ORDER_INDEX: z.string().min(1),
  CHECKOUTS_TABLE: z.string().min(1),
  /** Days on which banks settle nothing, besides Sundays and second and fourth Saturdays: `["2026-01-26"]`. */
  BANK_HOLIDAYS: jsonVariable(z.array(daySchema)).default([]),
});

/** The subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('reconciliation'),
): QueueHandler {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({}, platform);
  const deps = {
    log: platform.log,
    metrics: platform.metrics,
    now: platform.now,
    bankHolidays: config.BANK_HOLIDAYS,
    rows: createTransactionRows({
      dynamo,
      table: config.TRANSACTIONS_TABLE,
      gatewayOrderIndex: config.ORDERS_BY_GATEWAY_ORDER_INDEX,
    }),
    paidOrders: createPaidOrders(dynamo, config.CHECKOUTS_TABLE),
    catalogue: buildCatalogue({ solutionId: config.SOLUTION_ID }),
    publish: connectBus(config, { ...platform, timeoutMs: BUS_TIMEOUT_MS }),
  };
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'reconciliation',
    contracts: [
      paymentCompleted,
      paymentFailed,
      gatewayEventReceived,
      accessEnded,
      paymentRefunded,
      refundFailed,
      refundInDoubt,
    ],
    handle: (event, delivery) => recordEvent(deps, event, delivery),
  });
}
