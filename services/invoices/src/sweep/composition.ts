import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { openShardKeys } from '@cloudnestle/payments/index-keys';
import { busEnvironmentShape, connectBus } from '@cloudnestle/runtime/bus';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { buildScheduleHandler, type ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import { indexShardCount } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import {
  connectDocuments,
  type DocumentOptions,
  documentEnvironmentShape,
} from '../documents/connect-documents.ts';
import { runDocumentSweep } from './run-sweep.ts';

const environmentSchema = z.object({
  ...busEnvironmentShape,
  ...documentEnvironmentShape,
  OPEN_DOCUMENTS_INDEX: z.string().min(1),
});

const openDocumentSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  transactionId: z.string(),
  openSince: z.string(),
  triedAt: z.string().optional(),
});

/** The sweep over documents as a function on a schedule. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('invoices'),
  options: DocumentOptions = {},
): ScheduleHandler {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({}, platform);
  const deps = {
    ...connectDocuments(config, platform, options).anyOrder,
    staysOpen: true,
    platform,
    publish: connectBus(config, { ...platform, timeoutMs: 1500 }),
    listOpen: async (before: string) => {
      const found: z.infer<typeof openDocumentSchema>[] = [];
      for (const openShard of openShardKeys(indexShardCount)) {
        const pages = paginateQuery(
          { client: dynamo },
          {
            TableName: config.INVOICES_TABLE,
            IndexName: config.OPEN_DOCUMENTS_INDEX,
            KeyConditionExpression: 'openShard = :shard AND openSince <= :before',
            ExpressionAttributeValues: { ':shard': openShard, ':before': before },
          },
        );
        for await (const { Items = [] } of pages) {
          found.push(...Items.map((item) => openDocumentSchema.parse(item)));
        }
      }
      return found;
    },
  };
  return buildScheduleHandler(platform, {
    unit: 'invoiceSweep',
    run: (run) => runDocumentSweep(deps, run),
  });
}
