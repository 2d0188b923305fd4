import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type RunClients = ReturnType<typeof createClients>;

const CONNECTION_TIMEOUT_MS = 2000;
/** Longer than the longest poll SQS allows. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The run's own clients; the services have theirs. Endpoint and credentials come from the SDK's environment. */
export function createClients() {
  const configuration = {
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
  const dynamo = new DynamoDBClient(configuration);
  const sqs = new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
  const events = new EventBridgeClient(configuration);
  const secrets = new SecretsManagerClient(configuration);
  return {
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo),
    sqs,
    events,
    secrets,
    destroy: () => {
      for (const client of [dynamo, sqs, events, secrets]) client.destroy();
    },
  };
}
