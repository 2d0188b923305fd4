import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';

/** Endpoint, region and credentials come from the SDK's own environment (rule 11). */
export function createEventBridgeClient(options: { timeoutMs?: number } = {}): EventBridgeClient {
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 3000);
  return new EventBridgeClient({
    requestHandler: {
      connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
