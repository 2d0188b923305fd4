import { randomBytes } from 'node:crypto';
import type { PhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { signWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/signed-webhook';
import type { WebhookAuth } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import { CliError } from '../../cli-error.ts';
import type { SigningMode } from './options.ts';

type Hooks = Pick<PhonePeCredentials, 'webhookCredentials' | 'webhookHmacKeys'>;

/** The request of a webhook, signed, or not quite. Throws a `CliError` where there is nothing to sign with. */
export function sign(body: object, mode: SigningMode, hooks: Hooks): SignedWebhook {
  const bytes = encode(body);
  const signature = mode === 'none' ? {} : signWebhook(authOf(mode, hooks), bytes);
  return {
    headers: { 'content-type': 'application/json', ...signature },
    body: mode === 'tampered' ? encode({ ...body, tampered: true }) : bytes,
  };
}

function authOf(mode: Exclude<SigningMode, 'none'>, hooks: Hooks): WebhookAuth {
  switch (mode) {
    case 'sha256': {
      const [first] = hooks.webhookCredentials;
      if (!first) throw nothingToSignWith('webhookCredentials', 'sha256');
      return { kind: 'sha256', ...first };
    }
    case 'wrong':
      return { kind: 'sha256', username: 'simulated', password: randomBytes(16).toString('hex') };
    case 'hmac-hex':
    case 'tampered':
      return hmac('hex');
    case 'hmac-base64':
      return hmac('base64');
  }

  function hmac(encoding: 'hex' | 'base64'): WebhookAuth {
    const [first] = hooks.webhookHmacKeys;
    if (!first) throw nothingToSignWith('webhookHmacKeys', mode);
    return { kind: 'hmac', keyId: first.id, key: first.key, encoding };
  }
}

function nothingToSignWith(field: string, mode: string): CliError {
  return new CliError(`The stage's gateway secret has no ${field}, and --sign ${mode} needs one.`);
}

function encode(body: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(body));
}
