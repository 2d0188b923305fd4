import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';

/** Endpoint, region and credentials come from the SDK's own environment (design, rule 11). */
export function createSecretsClient(
  options: { timeoutMs?: number } = {},
  { clients }: ClientSource = sdkClients,
): SecretsManagerClient {
  const { timeoutMs = 1500 } = options;
  return (clients.secrets ?? connect)({ timeoutMs, maxAttempts: 2 });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts,
    requestHandler: {
      connectionTimeout: Math.min(1000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
