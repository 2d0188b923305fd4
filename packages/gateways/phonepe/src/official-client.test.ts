import {
  Env,
  RefundRequest,
  StandardCheckoutClient,
  StandardCheckoutPayRequest,
} from '@phonepe-pg/pg-sdk-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhonePeGateway } from './create-gateway.ts';
import { parseFixture, readFixture } from './testing/fixtures.ts';
import { SECRET, tokenReply } from './testing/phonepe-server.ts';
import { type Received, type Reply, serve, type TestServer } from './testing/serve.ts';
import { sha256AuthorizationHeader } from './webhook-signature.ts';

const SANDBOX = 'https://api-preprod.phonepe.com/apis/pg-sandbox';
const OPTIONS = { timeoutMs: 5_000 };

let server: TestServer;
let answer: (request: Received) => Reply = () => ({});
const official = StandardCheckoutClient.getInstance(
  SECRET.clientId,
  SECRET.clientSecret,
  SECRET.clientVersion,
  Env.SANDBOX,
  false,
);

beforeAll(async () => {
  server = await serve((request) =>
    request.path.startsWith('/v1/oauth/token') ? tokenReply(1) : answer(request),
  );
  official.httpClient.interceptors.request.use((config) => {
    config.url = config.url?.replace(SANDBOX, server.url) ?? '';
    config.proxy = false;
    return config;
  });
});
afterAll(() => server.close());

function createOurs() {
  return createPhonePeGateway({
    readCredentials: async () => SECRET,
    authUrl: `${server.url}/v1/oauth/token`,
    baseUrl: server.url,
    now: () => new Date(),
    random: () => 0,
  });
}

/** Both clients do the same from the start; what each of them sent. */
async function compare(
  reply: Reply,
  ours: (gateway: ReturnType<typeof createOurs>) => Promise<unknown>,
  theirs: () => Promise<unknown>,
) {
  answer = () => reply;
  server.received.length = 0;
  const ourAnswer = await ours(createOurs());
  const ourCalls = server.received.splice(0);
  const theirAnswer = await theirs();
  const theirCalls = server.received.splice(0);
  return { ourAnswer, theirAnswer, ourCalls, theirCalls };
}

const isToken = ({ path }: Received) => path.startsWith('/v1/oauth/token');

describe("against PhonePe's official client", () => {
  it('asks for the token and the payment page in the same words', async () => {
    const redirectUrl = 'https://shop.example/payment/callback?transactionId=txn_1';
    const { ourAnswer, theirAnswer, ourCalls, theirCalls } = await compare(
      { body: parseFixture('pay-response') },
      (gateway) =>
        gateway.createOrder(
          {
            merchantOrderId: 'MO-1',
            amountInPaisa: 29900,
            expiresInSeconds: 1800,
            returnUrl: redirectUrl,
            message: 'Pro',
          },
          OPTIONS,
        ),
      () =>
        official.pay(
          StandardCheckoutPayRequest.builder()
            .merchantOrderId('MO-1')
            .amount(29900)
            .expireAfter(1800)
            .message('Pro')
            .redirectUrl(redirectUrl)
            .build(),
        ),
    );
    expect(ourCalls.map(({ method, path }) => `${method} ${path}`)).toEqual(
      theirCalls.map(({ method, path }) => `${method} ${path}`),
    );
    const [ourToken, theirToken] = [ourCalls.find(isToken), theirCalls.find(isToken)];
    expect(Object.fromEntries(new URLSearchParams(ourToken?.body))).toEqual(
      Object.fromEntries(new URLSearchParams(theirToken?.body)),
    );
    expect(ourToken?.headers['content-type']).toBe(theirToken?.headers['content-type']);
    expect(JSON.parse(ourCalls[1]?.body ?? '')).toEqual(JSON.parse(theirCalls[1]?.body ?? ''));
    for (const name of ['authorization', 'content-type']) {
      expect(ourCalls[1]?.headers[name]).toBe(theirCalls[1]?.headers[name]);
    }
    expect(ourAnswer).toMatchObject({ kind: 'created' });
    expect(theirAnswer).toMatchObject({ orderId: 'OMO123456789', state: 'PENDING' });
  });

  it.each([
    'order-status-completed-card',
    'order-status-completed-net-banking',
    'order-status-completed-split-upi-wallet',
    'order-status-completed-utr-in-split-only',
    'order-status-failed-error-context',
    'order-status-pending-no-attempt',
  ])('asks for an order at the same address and reads the same from %s', async (name) => {
    const { ourAnswer, theirAnswer, ourCalls, theirCalls } = await compare(
      { body: parseFixture(name) },
      (gateway) => gateway.orderStatus('MO-1', OPTIONS),
      () => official.getOrderStatus('MO-1', true),
    );
    const [ours, theirs] = [ourCalls.at(-1), theirCalls.at(-1)];
    expect(ours?.path.split('?')[0]).toBe(theirs?.path.split('?')[0]);
    expect(new URLSearchParams(theirs?.path.split('?')[1]).get('details')).toBe('true');
    expect(new URLSearchParams(ours?.path.split('?')[1]).get('details')).toBe('true');
    expect(ours?.headers.authorization).toBe(theirs?.headers.authorization);
    const { orderId, state, amount, paymentDetails } = Object(theirAnswer);
    expect(ourAnswer).toMatchObject({
      kind: 'found',
      gatewayOrderId: orderId,
      gatewayState: state,
      amountInPaisa: amount,
    });
    expect(Object(ourAnswer).attempts).toHaveLength(paymentDetails.length);
  });

  it('asks for a refund at the same address', async () => {
    const { ourAnswer, theirAnswer, ourCalls, theirCalls } = await compare(
      { body: parseFixture('refund-status-completed-upi') },
      (gateway) => gateway.refundStatus('R-1', OPTIONS),
      () => official.getRefundStatus('R-1'),
    );
    expect(ourCalls.at(-1)?.path).toBe(theirCalls.at(-1)?.path);
    expect(ourAnswer).toMatchObject({ gatewayRefundId: Object(theirAnswer).refundId });
  });

  it('pays back in the same words', async () => {
    const { ourAnswer, theirAnswer, ourCalls, theirCalls } = await compare(
      { body: { refundId: 'OMR1', amount: 29900, state: 'PENDING' } },
      (gateway) =>
        gateway.refund(
          { merchantRefundId: 'R-1', merchantOrderId: 'MO-1', amountInPaisa: 29900 },
          OPTIONS,
        ),
      () =>
        official.refund(
          RefundRequest.builder()
            .merchantRefundId('R-1')
            .originalMerchantOrderId('MO-1')
            .amount(29900)
            .build(),
        ),
    );
    const [ours, theirs] = [ourCalls.at(-1), theirCalls.at(-1)];
    expect([ours?.method, ours?.path]).toEqual([theirs?.method, theirs?.path]);
    expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''));
    expect(ourAnswer).toMatchObject({ kind: 'accepted', gatewayRefundId: 'OMR1' });
    expect(theirAnswer).toMatchObject({ refundId: 'OMR1', state: 'PENDING' });
  });

  it('lets in and refuses the same webhook headers', async () => {
    const body = readFixture('webhook-checkout-order-completed-captured');
    const good = sha256AuthorizationHeader('local_webhook', 'localWebhook1');
    const headers = [good, good.toUpperCase(), `SHA256 ${good}`, `${good} `, '', good.slice(1)];
    for (const authorization of headers) {
      const verdict = await createOurs().readWebhook({ headers: { authorization }, body });
      expect([authorization, verdict.kind !== 'unauthenticated']).toEqual([
        authorization,
        isAcceptedByOfficial(authorization, body.toString('utf8')),
      ]);
    }
  });
});

function isAcceptedByOfficial(authorization: string, body: string): boolean {
  try {
    official.validateCallback('local_webhook', 'localWebhook1', authorization, body);
    return true;
  } catch {
    return false;
  }
}
