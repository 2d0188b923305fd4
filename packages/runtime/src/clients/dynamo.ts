import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A document client. Endpoint, region and credentials come from the SDK's own environment (design, rule 11). */
export function createDynamoClient(
  options: { timeoutMs?: number; maxAttempts?: number } = {},
): DynamoDBDocumentClient {
  const { timeoutMs = 3000, maxAttempts = 3 } = options;
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: {
      connectionTimeout: Math.min(1000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
