import { SQSClient } from '@aws-sdk/client-sqs';

/** Endpoint, region and credentials come from the SDK's own environment, never from a queue's url (design, rule 11). */
export function createSqsClient(): SQSClient {
  return new SQSClient({
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
}
