import type { RawWebhook, WebhookVerdict } from '@cloudnestle/payments/gateway';
import type { CredentialStore, CredentialsAnswer } from '../credential-store.ts';
import { orWhenOver, withinBudget } from '../http/budget.ts';
import { authenticate } from './authenticate.ts';
import { parseWebhook } from './parse-webhook.ts';

/** Leaves the webhook's 2.5 s to the order status even where the secret is slow (design, the webhook). */
const CREDENTIALS_TIMEOUT_MS = 1_000;
const TOO_SLOW: CredentialsAnswer = {
  kind: 'unavailable',
  reason: `the credentials took longer than ${CREDENTIALS_TIMEOUT_MS} ms`,
};

/** Authenticates the raw bytes, then reads them. Takes at most a second, all of it waiting for the secret. */
export async function readWebhook(
  store: CredentialStore,
  request: RawWebhook,
): Promise<WebhookVerdict> {
  const refusal = await withinBudget(CREDENTIALS_TIMEOUT_MS, (signal) =>
    refuse(store, request, signal),
  );
  return refusal ?? parseWebhook(request.body);
}

/** Why the request is not let in; undefined for an authentic one. A mismatch may be a rotation: the secret is re-read. */
async function refuse(
  store: CredentialStore,
  request: RawWebhook,
  signal: AbortSignal,
): Promise<WebhookVerdict | undefined> {
  const known = await orWhenOver(signal, store.current(), TOO_SLOW);
  if (known.kind === 'unavailable') return known;
  const first = authenticate(known.credentials, request);
  if (first === 'authentic') return undefined;
  if (first === 'unsigned') return { kind: 'unauthenticated' };
  const reread = await orWhenOver(signal, store.rereadUnlessRecent(), TOO_SLOW);
  if (reread.kind === 'unavailable') return reread;
  const second = authenticate(reread.credentials, request);
  if (second === 'authentic') return undefined;
  return { kind: second === 'unconfigured' ? 'unconfigured' : 'unauthenticated' };
}
