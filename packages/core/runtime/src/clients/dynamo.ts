import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';
import { withoutLogging } from './without-logging.ts';

/** A document client. Endpoint, region and credentials come from the SDK's own environment (rule 11). */
export function createDynamoClient(
  options: ClientOptions = {},
  { clients }: ClientSource = sdkClients,
): DynamoDBDocumentClient {
  const { maxAttempts = 3 } = options;
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 3000);
  return (clients.dynamo ?? connect)({ timeoutMs, maxAttempts });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): DynamoDBDocumentClient {
  const client = withoutLogging(
    new DynamoDBClient({
      maxAttempts,
      requestHandler: {
        connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
  );
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
