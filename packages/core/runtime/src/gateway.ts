import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import { createPhonePeGateway } from '@cloudnestle/phonepe/create-gateway';
import * as z from 'zod';
import type { Platform } from './platform.ts';
import { createSecretReader } from './secrets.ts';

/** What every function that asks the gateway finds in its environment. */
export const gatewayEnvironmentShape = {
  GATEWAY_SECRET_ID: z.string().min(1),
  GATEWAY_AUTH_URL: z.url(),
  GATEWAY_BASE_URL: z.url(),
};

type GatewayConfig = z.infer<z.ZodObject<typeof gatewayEnvironmentShape>>;

/** PhonePe, with the credentials from Secrets Manager. Nothing is called before the first question. */
export function connectGateway(
  config: GatewayConfig,
  { now, random, clients }: Pick<Platform, 'now' | 'random' | 'clients'>,
): PaymentGateway {
  return createPhonePeGateway({
    readCredentials: createSecretReader(config.GATEWAY_SECRET_ID, {}, { clients }),
    authUrl: config.GATEWAY_AUTH_URL,
    baseUrl: config.GATEWAY_BASE_URL,
    now,
    random,
    ...(clients.gatewayHttp ? { send: clients.gatewayHttp() } : {}),
  });
}
