import type { Order } from '@cloudnestle/dev/testing/buyer';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { Purchase, Scene } from './scene.ts';

/** SES refuses until the welcome mail is given up; afterwards SES is well again. */
export async function buyWithRefusedMail(scene: Scene): Promise<Purchase> {
  const purchase = await scene.open();
  scene.run.cloud?.intercept(({ service }) =>
    service === 'ses'
      ? { when: 'before', status: 503, errorType: 'ServiceUnavailableException' }
      : undefined,
  );
  await scene.end(purchase.order, { outcome: 'COMPLETED' });
  scene.run.cloud?.intercept(undefined);
  return purchase;
}

/** SES's answer to a mail is lost, so it is unknown whether it was sent. */
export async function loseMail(scene: Scene, cause: () => Promise<unknown>): Promise<void> {
  scene.run.cloud?.intercept(({ service }) =>
    service === 'ses' ? { when: 'after', reset: true } : undefined,
  );
  await cause();
  scene.run.cloud?.intercept(undefined);
}

/** An order that stands in our books only: its gateway has never heard of it. */
export async function writeUnknownOrder(
  scene: Scene,
  { madeMinutesAgo }: { madeMinutesAgo: number },
): Promise<string> {
  const { buyer, order } = await scene.open();
  const row = await scene.row(order.transactionId);
  await scene.remove('transactions', { transactionId: order.transactionId });
  const merchantOrderId = `MP-${buyer.userId}-1795547651-handma`;
  const transactionId = toTransactionId(merchantOrderId);
  const createdAt = new Date(Date.now() - madeMinutesAgo * 60_000);
  await scene.marketplace.put('transactions', {
    ...row,
    transactionId,
    merchantOrderId,
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + 30 * 60_000).toISOString(),
  });
  return transactionId;
}

export const recordKey = (owner: string) => ({
  pk: `user#${owner}`,
  sk: `solution#${DEFAULT_SOLUTION_ID}`,
});

/** Has the gateway give the whole amount back, which it announces by a webhook. */
export async function refund({ run }: Scene, { merchantOrderId }: Order): Promise<void> {
  const { GATEWAY_AUTH_URL = '', GATEWAY_BASE_URL } = run.environmentOf('webhook');
  const token = await fetch(GATEWAY_AUTH_URL, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'LOCAL_CLIENT',
      client_secret: 'local-client-secret',
      client_version: '1',
      grant_type: 'client_credentials',
    }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const merchantRefundId = `R-${merchantOrderId}`.slice(0, 63);
  const answer = await fetch(`${GATEWAY_BASE_URL}/payments/v2/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `O-Bearer ${access_token}` },
    body: JSON.stringify({
      merchantRefundId,
      originalMerchantOrderId: merchantOrderId,
      amount: 29_900,
    }),
  });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
  run.sandbox.finishRefund(merchantRefundId, { outcome: 'COMPLETED' });
  await run.idle();
}
