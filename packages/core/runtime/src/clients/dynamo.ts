import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';

/** A document client. Endpoint, region and credentials come from the SDK's own environment (rule 11). */
export function createDynamoClient(
  options: { timeoutMs?: number; maxAttempts?: number } = {},
): DynamoDBDocumentClient {
  const { maxAttempts = 3 } = options;
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 3000);
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: {
      connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
