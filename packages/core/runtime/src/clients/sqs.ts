import { SQSClient } from '@aws-sdk/client-sqs';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';

/** Endpoint, region and credentials come from the SDK's own environment, never from a queue's url (rule 11). */
export function createSqsClient(): SQSClient {
  return new SQSClient({
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      connectionTimeout: timeLimitMs(1000),
      requestTimeout: timeLimitMs(3000),
      throwOnRequestTimeout: true,
    },
  });
}
