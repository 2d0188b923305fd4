import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';
import { withoutLogging } from './without-logging.ts';

/** Endpoint, region and credentials come from the SDK's own environment (rule 11). */
export function createEventBridgeClient(
  options: { timeoutMs?: number } = {},
  { clients }: ClientSource = sdkClients,
): EventBridgeClient {
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 3000);
  return (clients.events ?? connect)({ timeoutMs, maxAttempts: 3 });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): EventBridgeClient {
  return withoutLogging(
    new EventBridgeClient({
      maxAttempts,
      requestHandler: {
        connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
  );
}
