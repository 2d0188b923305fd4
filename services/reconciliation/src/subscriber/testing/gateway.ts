import type { Order } from '@cloudnestle/payments/order';
import { placeOrder, type RunningSandbox, sandboxCredentials } from '@cloudnestle/test-kit/gateway';

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

async function fetchToken(gateway: RunningSandbox): Promise<string> {
  const answer = await fetch(`${gateway.apiUrl}/v1/oauth/token`, {
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
