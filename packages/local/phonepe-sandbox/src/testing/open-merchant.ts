import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { type ListenOptions, startSandbox } from '../listen.ts';
import type { WebhookOptions } from '../webhooks/webhook-options.ts';

export const credentials = {
  clientId: 'client',
  clientSecret: 'secret-before',
  clientVersion: '1',
  merchantId: 'MERCHANTUAT',
};

interface MerchantOptions extends Omit<ListenOptions, 'credentials' | 'webhook'> {
  webhook?: Partial<WebhookOptions>;
  hookAnswer?: HookAnswer;
}

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

interface ReceivedWebhook {
  headers: Record<string, string | string[] | undefined>;
  /** The raw body, as text. */
  body: string;
}

/** What the merchant answers to its n-th webhook (from 1); undefined: nothing, ever. */
type HookAnswer = (number: number) => Promise<number | undefined> | number | undefined;

/** A merchant's webhook endpoint on a free port, which keeps what it gets. */
export async function openHook(answer: HookAnswer = () => 200) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = await answer(received.length);
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The hook has no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As much of the answers as tests read by name; everything else stays in them. */
export const tokenShape = z.looseObject({ access_token: z.string() });
export const payShape = z.looseObject({
  orderId: z.string(),
  expireAt: z.number(),
  redirectUrl: z.string(),
});
const statusShape = z.looseObject({
  paymentDetails: z.array(z.looseObject({ state: z.string(), timestamp: z.number() })),
});
export const webhookShape = z.looseObject({
  event: z.string(),
  payload: z.looseObject({ state: z.string() }),
});

export async function read<T>(answer: Response, shape: z.ZodType<T>): Promise<T> {
  return shape.parse(await answer.json());
}
