import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { renderChecked } from '@cloudnestle/invoice-pdf/render-checked';
import { findByNumber, findInvoice } from '@cloudnestle/operations/invoices/find-documents';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import * as z from 'zod';
import { buildDownloadEndpoint } from './endpoint.ts';

const environmentSchema = z.object({
  INVOICES_TABLE: z.string().min(1),
  TOKEN_SECRET_ID: z.string().min(1),
});

/** The download of documents with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('invoices'),
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: 1500 }, platform);
  const invoices = { dynamo, table: config.INVOICES_TABLE, read: createItemReader(dynamo) };
  const readSecret = createSecretReader(config.TOKEN_SECRET_ID, {}, platform);
  return buildHttpHandler(
    platform,
    buildDownloadEndpoint({
      findInvoice: (transactionId) => findInvoice(invoices, transactionId),
      findByNumber: (number) => findByNumber(invoices, number),
      render: renderChecked,
      readTokenSecret: async () => {
        const parsed = tokenSecretSchema.safeParse(await readSecret({ fresh: false }));
        if (parsed.success) return parsed.data.tokenSecret;
        throw new RetryLaterError(`secret ${config.TOKEN_SECRET_ID} has no usable tokenSecret`);
      },
    }),
  );
}
