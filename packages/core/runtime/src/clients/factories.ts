import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SendRequest } from '@cloudnestle/payments/gateway-tools';

/** For each try of each call; where the client repeats by itself, `maxAttempts` in all. */
export interface ClientOptions {
  timeoutMs?: number;
  maxAttempts?: number;
}

/** One way to make every client that a function talks to the world with. */
export interface ClientFactories {
  dynamo(options: ClientOptions): DynamoDBDocumentClient;
  events(options: ClientOptions): EventBridgeClient;
  secrets(options: ClientOptions): SecretsManagerClient;
  ses(options: ClientOptions): SESv2Client;
  sqs(options: ClientOptions): SQSClient;
  /** The HTTP exchanges with the payment gateway. */
  gatewayHttp(): SendRequest;
}

/**
 * Where a platform's clients come from. What it does not name comes from the SDK, made in the client's own file, so that
 * a function's bundle carries only the clients that it uses.
 */
export interface ClientSource {
  clients: Partial<ClientFactories>;
}

/** The SDK's own clients throughout, as on AWS. */
export const sdkClients: ClientSource = { clients: {} };
