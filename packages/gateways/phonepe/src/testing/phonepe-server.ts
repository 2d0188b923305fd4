import { createPhonePeGateway } from '../create-gateway.ts';
import type { ReadCredentials } from '../credentials.ts';
import { type Received, type Reply, serve } from './serve.ts';

export const SECRET = {
  clientId: 'TEST_CLIENT',
  clientSecret: 'test-client-secret',
  clientVersion: 3,
  merchantId: 'MERCHANTUAT',
  saltKey: 'unused',
  saltIndex: '1',
  webhookCredentials: [{ username: 'local_webhook', password: 'localWebhook1' }],
  webhookHmacKeys: [{ id: 'key-1', key: 'hmac-key-one' }],
};

/** A PhonePe that hands out numbered tokens (`token-1`, ...) and answers the API with `api`. */
export async function servePhonePe(
  api: (request: Received) => Reply,
  token: (request: Received, count: number) => Reply = (_request, count) => tokenReply(count),
) {
  let tokens = 0;
  const server = await serve((request) => {
    if (!request.path.startsWith('/auth/')) return api(request);
    tokens += 1;
    return token(request, tokens);
  });
  const callsTo = (prefix: string) =>
    server.received.filter((request) => request.path.startsWith(prefix));
  return {
    ...server,
    server,
    apiCalls: () => callsTo('/pg/'),
    tokenCalls: () => callsTo('/auth/'),
  };
}

/** A token that lives an hour from `now`, by PhonePe's clock. */
export function tokenReply(count: number, now = new Date()): Reply {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return {
    body: {
      access_token: `token-${count}`,
      token_type: 'O-Bearer',
      expires_in: null,
      issued_at: issuedAt,
      expires_at: issuedAt + 3600,
    },
  };
}

export function createTestGateway(
  url: string,
  options: { now?: () => Date; readCredentials?: ReadCredentials } = {},
) {
  const reads: boolean[] = [];
  const readCredentials = options.readCredentials ?? (async () => SECRET);
  const gateway = createPhonePeGateway({
    readCredentials: (read) => {
      reads.push(read.fresh);
      return readCredentials(read);
    },
    authUrl: `${url}/auth/v1/oauth/token`,
    baseUrl: `${url}/pg`,
    now: options.now ?? (() => new Date()),
    random: () => 0,
  });
  return { gateway, reads };
}
