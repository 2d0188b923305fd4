import { onTestFinished } from 'vitest';
import { type ListenOptions, startSandbox } from '../listen.ts';
import type { WebhookOptions } from '../webhooks/webhook-options.ts';
import { type HookAnswer, openHook } from './open-hook.ts';
import { read, statusShape, tokenShape, webhookShape } from './shapes.ts';

export const credentials = {
  clientId: 'client',
  clientSecret: 'secret-before',
  clientVersion: '1',
  merchantId: 'MERCHANTUAT',
};

export interface MerchantOptions extends Omit<ListenOptions, 'credentials' | 'webhook'> {
  webhook?: Partial<WebhookOptions>;
  hookAnswer?: HookAnswer;
}

export type Merchant = Awaited<ReturnType<typeof openMerchant>>;

/** A sandbox and a merchant who uses it over HTTP; both end with the test. */
export async function openMerchant({ webhook, hookAnswer, ...options }: MerchantOptions = {}) {
  const hook = await openHook(hookAnswer);
  const { sandbox, url, apiUrl, close } = await startSandbox({
    ...options,
    credentials,
    webhook: {
      url: () => hook.url,
      auth: { kind: 'sha256', username: 'user', password: 'pass' },
      ...webhook,
    },
  });
  onTestFinished(async () => {
    await close();
    await hook.close();
  });

  const login = (clientSecret = credentials.clientSecret) =>
    fetch(`${apiUrl}/v1/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: credentials.clientId,
        client_secret: clientSecret,
        client_version: credentials.clientVersion,
        grant_type: 'client_credentials',
      }),
    });
  const { access_token: token } = await read(await login(), tokenShape);
  const authorised = { authorization: `O-Bearer ${token}`, 'content-type': 'application/json' };

  const call = (path: string, body?: object, headers: Record<string, string> = authorised) =>
    fetch(`${apiUrl}${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(240_000),
    });

  return {
    sandbox,
    hook,
    url,
    login,
    call,
    token,
    pay: (changes: object = {}) => call('/checkout/v2/pay', payRequest(changes)),
    status: async (merchantOrderId = 'MO-1', query = 'details=true&errorContext=true') =>
      read(await call(`/checkout/v2/order/${merchantOrderId}/status?${query}`), statusShape),
    control: (path: string, body?: object) =>
      fetch(
        `${url}/phonepe/control${path}`,
        body && { method: 'POST', body: JSON.stringify(body) },
      ),
    /** The webhooks that arrived, once none is on its way any more. */
    webhooks: async () => {
      await sandbox.deliveries.settled();
      return hook.received.map(({ body }) => webhookShape.parse(JSON.parse(body)));
    },
  };
}

export const redirectUrl = 'http://shop.test/return?transactionId=txn_MO-1&x=%20y';

export const payRequest = (changes: object) => ({
  merchantOrderId: 'MO-1',
  amount: 29_900,
  expireAfter: 1_800,
  paymentFlow: { type: 'PG_CHECKOUT', message: 'Pro', merchantUrls: { redirectUrl } },
  ...changes,
});
