import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Order } from '@cloudnestle/payments/order';
import { type RunningSandbox, startSandbox } from '@cloudnestle/phonepe-sandbox/listen';
import type { TestCloud } from './cloud.ts';

export const sandboxCredentials = {
  clientId: 'test-client',
  clientSecret: 'test-client-secret',
  clientVersion: '1',
  merchantId: 'TESTMERCHANT',
};
export const webhookCredentials = { username: 'test_webhook', password: 'testWebhook1' };
export const webhookHmacKey = { id: 'key-1', key: 'test-hmac-key' };

/** The payment gateway's sandbox on a port of its own, its credentials in the cloud's secret. It sends no webhooks. */
export async function startTestGateway(cloud: TestCloud): Promise<RunningSandbox> {
  const running = await startSandbox({
    credentials: sandboxCredentials,
    webhook: { url: () => undefined, auth: { kind: 'sha256', ...webhookCredentials } },
  });
  await writeGatewaySecret(cloud);
  return running;
}

/** The credentials secret as it should be, with `changes`. */
export async function writeGatewaySecret(
  cloud: TestCloud,
  changes: Record<string, unknown> = {},
): Promise<void> {
  await cloud.writeSecret(cloud.topology.secrets.gatewayCredentials, {
    ...sandboxCredentials,
    saltKey: 'unused',
    saltIndex: '1',
    webhookCredentials: [webhookCredentials],
    webhookHmacKeys: [webhookHmacKey],
    ...changes,
  });
}

/** Makes the order of a row known at the gateway, in the row's amount or another. */
export async function placeOrder(
  running: RunningSandbox,
  row: TransactionItem,
  options: { amountInPaisa?: number } = {},
): Promise<void> {
  const token = await fetchToken(running);
  const answer = await fetch(`${running.apiUrl}/checkout/v2/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `O-Bearer ${token}` },
    body: JSON.stringify({
      merchantOrderId: row.merchantOrderId,
      amount: options.amountInPaisa ?? row.amount,
      expireAfter: 1800,
      paymentFlow: {
        type: 'PG_CHECKOUT',
        merchantUrls: { redirectUrl: 'https://marketplace.example/payment/callback' },
      },
    }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the order: ${answer.status}`);
}

/** Makes an order known and paid at the gateway. */
export async function payAtGateway(gateway: RunningSandbox, { row }: Order): Promise<void> {
  await placeOrder(gateway, row);
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
}

/** Has the gateway give money of a paid order back; without an `outcome` the refund stays pending for 2 s. */
export async function refundAtGateway(
  gateway: RunningSandbox,
  { row }: Order,
  refund: { id: string; amountInPaisa: number; outcome?: 'COMPLETED' | 'FAILED' },
): Promise<void> {
  const { id, amountInPaisa, outcome } = refund;
  const answer = await fetch(`${gateway.apiUrl}/payments/v2/refund`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `O-Bearer ${await fetchToken(gateway)}`,
    },
    body: JSON.stringify({
      merchantRefundId: id,
      originalMerchantOrderId: row.merchantOrderId,
      amount: amountInPaisa,
    }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the refund: ${answer.status}`);
  if (outcome) gateway.sandbox.finishRefund(id, { outcome, webhook: 'lose' });
}

async function fetchToken(running: RunningSandbox): Promise<string> {
  const answer = await fetch(`${running.apiUrl}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: sandboxCredentials.clientId,
      client_secret: sandboxCredentials.clientSecret,
      client_version: sandboxCredentials.clientVersion,
      grant_type: 'client_credentials',
    }),
  });
  const body = (await answer.json()) as { access_token: string };
  return body.access_token;
}

export type { RunningSandbox };
