import type { SecretKey } from './types.ts';

export const secrets: Readonly<Record<SecretKey, string>> = {
  gatewayCredentials: 'marketplace/phonepe/credentials',
  tokenSecret: 'marketplace/token-secret',
};

/** What a function that asks gateways may read: an order may be of any of them. */
export const gatewaySecrets: readonly SecretKey[] = ['gatewayCredentials'];

/** Names and addresses of a stage for the command line and for what operators do in a browser. */
export const environmentSecret = 'marketplace/payments/environment';
