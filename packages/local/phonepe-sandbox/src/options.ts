import type { HttpBindings } from '@hono/node-server';
import type { RefundRules } from './refunds/refund-rules.ts';
import type { WebhookOptions } from './webhooks/webhook-options.ts';

/** What a merchant gets from PhonePe's dashboard, and what the sandbox checks. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
  clientVersion: string;
  merchantId: string;
}

/**
 * How an order status answers for an order PhonePe does not know. Three answers are in circulation (documents and
 * reports disagree); the first is the default.
 */
export type UnknownOrderCode =
  | 'INVALID_MERCHANT_ORDER_ID'
  | 'MERCHANT_ORDER_MAPPING_NOT_FOUND'
  | 'ORDER_NOT_FOUND';

export interface SandboxOptions {
  /** Where everything is mounted: API, hosted page and control calls. Default `/phonepe`. */
  basePath?: string;
  /** Origin of the server the sandbox runs on, without a trailing slash. Asked when an order is created. */
  publicUrl: () => string;
  credentials: Credentials;
  webhook: WebhookOptions;
  /** Shown on the hosted page. */
  merchantName?: string;
  now?: () => Date;
  /** Source of ids, tokens and references; node:crypto's by default. */
  randomBytes?: (size: number) => Uint8Array;
  /** Operator lines: ids, states and HTTP statuses; never a secret, token or body. */
  log?: (line: string) => void;
  /** Default 3600, as captured answers say. */
  tokenLifetimeSeconds?: number;
  /** How long a refund stays PENDING. Default 2000; null: until `finishRefund`. */
  refundDelayMs?: number | null;
  /** What else is not as it is by default; a control call changes it later. */
  refundRules?: Partial<RefundRules>;
  unknownOrderCode?: UnknownOrderCode;
}

/** Hono's environment here: the raw connection where the server has one, so that a fault can cut it. */
export interface SandboxEnv {
  Bindings: Partial<HttpBindings>;
}
