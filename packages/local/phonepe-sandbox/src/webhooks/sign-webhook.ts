import { createHash, createHmac } from 'node:crypto';
import type { WebhookAuth } from './webhook-options.ts';

/** The headers that authenticate a webhook. The SHA-256 mode does not look at the body at all. */
export function signWebhook(auth: WebhookAuth, body: Uint8Array): Record<string, string> {
  if (auth.kind === 'sha256') {
    const { username, password } = auth;
    return { authorization: createHash('sha256').update(`${username}:${password}`).digest('hex') };
  }
  return {
    'x-phonepe-checksum-key-id': auth.keyId,
    'x-phonepe-checksum-signature': createHmac('sha256', auth.key)
      .update(body)
      .digest(auth.encoding),
  };
}
