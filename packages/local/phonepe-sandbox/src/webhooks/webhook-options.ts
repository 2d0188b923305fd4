/** How a hook is authenticated; PhonePe's dashboard sets it per hook. */
export type WebhookAuth =
  /** `Authorization`: lowercase hex SHA-256 of `username:password`. */
  | { kind: 'sha256'; username: string; password: string }
  /** `x-phonepe-checksum-*` headers: HMAC-SHA256 over the raw body. The encoding is not documented. */
  | { kind: 'hmac'; keyId: string; key: string; encoding: 'hex' | 'base64' };

/**
 * Two payloads are in circulation. `current` follows PhonePe's documents: `event` only, attempts without rail or
 * instrument. `legacy-extra` follows captured deliveries: also the deprecated `type`, and rail and instrument both
 * at the attempt and in its split.
 */
export type WebhookVariant = 'current' | 'legacy-extra';

export interface WebhookOptions {
  /** Asked before every try; undefined: no hook is configured and nothing is sent. */
  url: () => string | undefined;
  auth: WebhookAuth;
  /** Default `current`. */
  variant?: WebhookVariant;
  /** Waits between tries after a non-2xx answer, a timeout or a refused connection; its length is the number of retries. */
  retryDelaysMs?: readonly number[];
  /** How long one try may take. Default 5000. */
  timeoutMs?: number;
  /** How one try goes out; over HTTP by default. */
  post?: PostWebhook;
}

/** How one try ended. Only a 2xx counts. */
export type PostResult =
  | { readonly result: 'accepted' | 'refused'; readonly status: number }
  | { readonly result: 'timeout' | 'unreachable' | 'stopped'; readonly status?: undefined };

/** Takes one webhook to the merchant. */
export type PostWebhook = (
  url: string,
  webhook: { headers: Record<string, string>; body: Uint8Array<ArrayBuffer> },
  timeoutMs: number,
  stopped: AbortSignal,
) => Promise<PostResult>;
