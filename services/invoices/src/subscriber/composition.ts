import { busEnvironmentShape } from '@cloudnestle/runtime/bus';
import { connectBatchBus } from '@cloudnestle/runtime/bus-batch';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import * as z from 'zod';
import {
  connectDocuments,
  type DocumentOptions,
  documentEnvironmentShape,
} from '../documents/connect-documents.ts';
import { buildInvoicesSubscriber } from './issue-documents.ts';

const environmentSchema = z.object({
  ...queueEnvironmentShape,
  ...busEnvironmentShape,
  ...documentEnvironmentShape,
});

/** One attempt of one call of the bus. */
const BUS_TIMEOUT_MS = 1500;

/** The invoices subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('invoices'),
  options: DocumentOptions = {},
): QueueHandler {
  const config = readConfig(environmentSchema, environment);
  return buildQueueHandler(
    queueDependencies(config, platform),
    buildInvoicesSubscriber({
      documents: connectDocuments(config, platform, options),
      publish: connectBatchBus(config, { ...platform, timeoutMs: BUS_TIMEOUT_MS }),
    }),
  );
}
