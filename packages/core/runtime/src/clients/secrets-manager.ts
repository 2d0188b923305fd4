import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';
import { withoutLogging } from './without-logging.ts';

/** Endpoint, region and credentials come from the SDK's own environment (rule 11). */
export function createSecretsClient(
  options: { timeoutMs?: number } = {},
  { clients }: ClientSource = sdkClients,
): SecretsManagerClient {
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 1500);
  return (clients.secrets ?? connect)({ timeoutMs, maxAttempts: 2 });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): SecretsManagerClient {
  return withoutLogging(
    new SecretsManagerClient({
      maxAttempts,
      requestHandler: {
        connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
  );
}
