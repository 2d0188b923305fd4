import { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { refundRequested } from '@cloudnestle/contracts/events/refund-requested';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import { createListByGatewayOrder } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { connectRefunds, refundEnvironmentShape } from '../connect-refunds.ts';
import { hearEvent } from './hear-event.ts';

const environmentSchema = z.object({
  ...refundEnvironmentShape,
  ...queueEnvironmentShape,
  ORDERS_BY_GATEWAY_ORDER_INDEX: z.string().min(1),
});

/** The subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('refunds'),
): QueueHandler {
  const config = readConfig(environmentSchema, environment);
  const deps = connectRefunds(config, platform);
  const rows = {
    find: deps.findTransaction,
    listByGatewayOrder: createListByGatewayOrder(deps.dynamo, {
      table: config.TRANSACTIONS_TABLE,
      index: config.ORDERS_BY_GATEWAY_ORDER_INDEX,
    }),
  };
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'refunds',
    contracts: [refundRequested, gatewayEventReceived],
    handle: (event) => hearEvent({ ...deps, rows }, event),
  });
}
