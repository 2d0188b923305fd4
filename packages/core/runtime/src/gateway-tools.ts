import type { GatewayTools } from '@cloudnestle/payments/gateway-tools';
import type { Platform } from './platform.ts';
import { createSecretReader } from './secrets.ts';

/** What gateways' adapters need of a platform, the secrets from Secrets Manager. Nothing is called before it is asked. */
export function createGatewayTools({
  now,
  random,
  clients,
}: Pick<Platform, 'now' | 'random' | 'clients'>): GatewayTools {
  return {
    readSecret: (secretId) => createSecretReader(secretId, {}, { clients }),
    now,
    random,
    ...(clients.gatewayHttp ? { send: clients.gatewayHttp() } : {}),
  };
}
