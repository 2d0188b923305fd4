import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { checkBus } from './bus/check-bus.ts';
import type { Check } from './check.ts';
import type { Clients } from './clients.ts';
import { checkGateway } from './gateway/check-gateway.ts';
import { checkMerchant } from './gateway/check-merchant.ts';
import { checkWebhook } from './gateway/check-webhook.ts';
import { checkMail } from './mail/check-mail.ts';
import { checkPolicies } from './queues/check-policies.ts';
import { checkQueues } from './queues/check-queues.ts';
import { createQueueReader } from './queues/read-queue.ts';
import { checkSecrets } from './secrets/check-secrets.ts';
import { createSecretReader } from './secrets/read-secret.ts';
import { checkBackups } from './tables/check-backups.ts';
import { checkTables } from './tables/check-tables.ts';

/** Every check of a stage, concern by concern. */
export function listChecks(stage: EnvironmentSecret, clients: Clients): Check[] {
  const isProduction = stage.stage === PRODUCTION;
  const readQueue = createQueueReader(clients.sqs);
  const readSecret = createSecretReader(clients.secrets);
  return [
    ...checkQueues(stage, readQueue),
    checkPolicies(stage, readQueue),
    ...checkTables(stage, clients.dynamo),
    ...checkBackups(stage, clients.dynamo, { isProduction }),
    ...checkSecrets(stage, readSecret),
    ...checkMail(stage, clients.ses, { isProduction }),
    ...checkBus(stage, clients.events, readQueue),
    checkGateway(stage, readSecret),
    checkMerchant(stage, readSecret),
    checkWebhook(stage),
  ];
}
