import type { WebhookVariant } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';

export const variants = ['current', 'legacy-extra'] as const satisfies readonly WebhookVariant[];

export const signingModes = [
  'sha256',
  'hmac-hex',
  'hmac-base64',
  'none',
  'wrong',
  'tampered',
] as const;
/** How the webhook is signed; the last three are broken on purpose. */
export type SigningMode = (typeof signingModes)[number];

export interface WebhookOptions {
  order?: string;
  refund?: string;
  amount?: number;
  mandate?: boolean;
  variant: WebhookVariant;
  sign: SigningMode;
  times: number;
  expect?: number;
  print?: boolean;
  json?: boolean;
}
