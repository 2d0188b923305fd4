import { renderChecked } from '@cloudnestle/invoice-pdf/render-checked';
import { findByNumber, findInvoiceByNumber } from '@cloudnestle/operations/invoices/find-documents';
import { createOrderReader } from '@cloudnestle/operations/mails/read-order-facts';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createFindUser } from '@cloudnestle/runtime/access-items';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
  queueEnvironmentShape,
} from '@cloudnestle/runtime/queue/handler';
import * as z from 'zod';
import {
  AWS_TIMEOUT_MS,
  type NotifyDependencies,
  SEND_RESERVE_MS,
  SES_TIMEOUT_MS,
} from './dependencies.ts';
import { buildNotificationsSubscriber } from './notify.ts';
import { createMailSender } from './send-mail.ts';

const webAddress = z.url({ protocol: /^https?$/ });

const environmentSchema = z.object({
  ...queueEnvironmentShape,
  TRANSACTIONS_TABLE: z.string().min(1),
  NOTIFICATIONS_TABLE: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  INVOICES_TABLE: z.string().min(1),
  SOLUTION_ID: z.string().min(1),
  /** A shorter one would never leave enough time to send anything. */
  FUNCTION_TIMEOUT_MS: z.coerce.number().int().gt(SEND_RESERVE_MS),
  MAIL_FROM: z.string().min(3),
  SUPPORT_ADDRESS: z.email(),
  APP_URL: webAddress,
});

/** The notifications subscriber with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('notifications'),
  options: {
    sesTimeoutMs?: number;
    renderDocument?: NotifyDependencies['renderDocument'];
  } = {},
): QueueHandler {
  const { sesTimeoutMs = SES_TIMEOUT_MS, renderDocument = renderChecked } = options;
  const config = readConfig(environmentSchema, environment);
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const read = createItemReader(dynamo);
  const invoices = { dynamo, table: config.INVOICES_TABLE, read };
  const subscriber = buildNotificationsSubscriber({
    platform,
    ledger: { dynamo, table: config.NOTIFICATIONS_TABLE },
    findOrder: createOrderReader(read, config.TRANSACTIONS_TABLE),
    findUser: createFindUser(read, config.USERS_TABLE),
    findDocument: ({ number, invoiceOf }) =>
      invoiceOf === undefined
        ? findByNumber(invoices, number)
        : findInvoiceByNumber(invoices, { transactionId: invoiceOf, number }),
    renderDocument,
    tiers: buildCatalogue({ solutionId: config.SOLUTION_ID }).tiers,
    sendMail: createMailSender({
      ses: createSesClient({ timeoutMs: sesTimeoutMs }, platform),
      from: config.MAIL_FROM,
      replyTo: config.SUPPORT_ADDRESS,
    }),
    links: { appUrl: config.APP_URL, supportAddress: config.SUPPORT_ADDRESS },
    functionTimeoutMs: config.FUNCTION_TIMEOUT_MS,
  });
  return buildQueueHandler(queueDependencies(config, platform), subscriber);
}
