import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** Endpoint, region and credentials come from the SDK's own environment (design, rule 11). */
export function createEventBridgeClient(options: { timeoutMs?: number } = {}): EventBridgeClient {
  const { timeoutMs = 3000 } = options;
  return new EventBridgeClient({
    requestHandler: {
      connectionTimeout: Math.min(1000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
