import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { createRefundRows } from '@cloudnestle/operations/refunds/refund-rows';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import type { Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { AWS_TIMEOUT_MS } from './drive/dependencies.ts';

/** What every function that moves a refund on finds in its environment. */
export const refundEnvironmentShape = {
  ...gatewayEnvironmentShape,
  ...busEnvironmentShape,
  SOLUTION_ID: z.string().min(1),
  TRANSACTIONS_TABLE: z.string().min(1),
  REFUNDS_TABLE: z.string().min(1),
};

/** All that it takes to move a refund on. */
export function connectRefunds(
  config: z.infer<z.ZodObject<typeof refundEnvironmentShape>>,
  platform: Platform,
) {
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const { TRANSACTIONS_TABLE: table, REFUNDS_TABLE } = config;
  const { log, metrics, now, newId } = platform;
  const read = createItemReader(dynamo);
  return {
    ...{ dynamo, log, metrics, now, newId },
    refunds: createRefundRows({ dynamo, table: REFUNDS_TABLE, read }),
    findTransaction: (transactionId: string) => read({ table, key: { transactionId } }),
    mergeTransaction: (transactionId: string, merge: Parameters<typeof mergeItem>[2]) =>
      mergeItem({ dynamo, table, read }, { transactionId }, merge),
    catalogue: buildCatalogue({ solutionId: config.SOLUTION_ID }),
    publish: connectBus(config, { ...platform, timeoutMs: AWS_TIMEOUT_MS }),
    gateways: connectGateways(config, createGatewayTools(platform)),
  };
}
