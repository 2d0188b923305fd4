import { SQSClient } from '@aws-sdk/client-sqs';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';
import { withoutLogging } from './without-logging.ts';

/** Endpoint, region and credentials come from the SDK's own environment, never from a queue's url (rule 11). */
export function createSqsClient({ clients }: ClientSource = sdkClients): SQSClient {
  return (clients.sqs ?? connect)({ timeoutMs: timeLimitMs(3000), maxAttempts: 3 });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): SQSClient {
  return withoutLogging(
    new SQSClient({
      maxAttempts,
      useQueueUrlAsEndpoint: false,
      requestHandler: {
        connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
  );
}
