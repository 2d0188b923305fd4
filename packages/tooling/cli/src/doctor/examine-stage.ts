import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { checkBus } from './bus.ts';
import { type Check, type Finding, runChecks } from './check.ts';
import { checkGateway, checkMerchant, checkWebhook } from './gateway.ts';
import { checkMail } from './mail.ts';
import { createQueueReader } from './queue-facts.ts';
import { checkPolicies, checkQueues } from './queues.ts';
import { checkSecrets, createSecretReader } from './secrets.ts';
import { checkBackups, checkTables } from './tables.ts';

/** What every check of the stage found; needs the clients of all that a stage has. */
export async function examineStage(stage: EnvironmentSecret): Promise<Finding[]> {
  const { clients, destroy } = createClients();
  try {
    return await runChecks(listChecks(stage, clients));
  } finally {
    destroy();
  }
}

/** Every check of a stage, concern by concern. */
function listChecks(stage: EnvironmentSecret, clients: Clients): Check[] {
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

interface Clients {
  dynamo: DynamoDBDocumentClient;
  events: EventBridgeClient;
  secrets: SecretsManagerClient;
  ses: SESv2Client;
  sqs: SQSClient;
}

/** All that the checks ask. Every call brings its own deadline. */
function createClients(): { clients: Clients; destroy(): void } {
  const clients: Clients = {
    dynamo: createDynamoClient(),
    events: createEventBridgeClient(),
    secrets: new SecretsManagerClient({}),
    ses: createSesClient(),
    sqs: createSqsClient(),
  };
  return {
    clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
