import type { ParsedCredentials } from '@cloudnestle/phonepe/credentials';
import { createSandbox, type Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { SandboxOptions } from '@cloudnestle/phonepe-sandbox/options';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Route } from '@cloudnestle/topology/types';
import { localCredentials } from '../seed/local-credentials.ts';

/**
 * The PhonePe sandbox with the very credentials the services will read, so that a kept or edited secret still fits. A
 * secret without credentials leaves it with the local ones; the services then answer as they do when it is malformed.
 */
export function startSandbox(options: {
  url: string;
  secret: ParsedCredentials;
  routes: readonly Route[];
  log: Log;
  retryDelaysMs: readonly number[] | undefined;
  variant: SandboxOptions['webhook']['variant'];
  now: () => Date;
}): Sandbox {
  const { url, secret, log, retryDelaysMs, variant } = options;
  const credentials = secret.kind === 'credentials' ? secret.credentials : localCredentials;
  const [hook = localWebhook] = credentials.webhookCredentials;
  if (secret.kind === 'malformed') log.warn('credentials malformed', { reason: secret.reason });
  const webhookPath = options.routes.find((route) => route.function === 'webhook')?.path ?? '';
  return createSandbox({
    publicUrl: () => url,
    credentials: {
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      clientVersion: String(credentials.clientVersion),
      merchantId: credentials.merchantId,
    },
    webhook: {
      url: () => `${url}${webhookPath}`,
      auth: { kind: 'sha256', ...hook },
      ...(variant === undefined ? {} : { variant }),
      ...(retryDelaysMs === undefined ? {} : { retryDelaysMs }),
    },
    now: options.now,
    log: (line) => log.info(line, {}),
  });
}

const localWebhook = { username: 'local_webhook', password: 'localWebhook1' };
