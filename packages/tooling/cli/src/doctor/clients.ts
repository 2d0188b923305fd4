import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';

export interface Clients {
  dynamo: DynamoDBDocumentClient;
  events: EventBridgeClient;
  secrets: SecretsManagerClient;
  ses: SESv2Client;
  sqs: SQSClient;
}

/** All that the checks ask. Every call brings its own deadline. */
export function createClients(): { clients: Clients; destroy(): void } {
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
