import { createHash } from 'node:crypto';
import { paymentStatusResponseSchema } from '@cloudnestle/contracts/http/payment-status';
import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import type { LocalRun } from '../start.ts';

/** What a demo buyer does, over HTTP only. */
export interface Order {
  transactionId: string;
  merchantOrderId: string;
  redirectUrl: string;
}

/** Asks for an upgrade and expects a payment page. */
export async function upgrade(
  run: LocalRun,
  user: { userId: string; email: string },
): Promise<Order> {
  const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
    userId: user.userId,
    userEmail: user.email,
    tier: 'pro',
  });
  if (answer.status !== 200) throw new Error(`upgrade answered ${answer.status}`);
  return upgradeResponseSchema.parse(await answer.json());
}

/** Does on the payment page what the buyer would do, through the sandbox's control call. */
export async function finish(
  run: LocalRun,
  order: Order,
  how: { outcome: string; mode?: string; webhook?: string },
): Promise<void> {
  const url = `${run.url}/phonepe/control/orders/${order.merchantOrderId}`;
  const answer = await postJson(url, how);
  if (answer.status !== 200) throw new Error(`the control call answered ${answer.status}`);
}

export async function readStatus(run: LocalRun, order: Order) {
  const answer = await fetch(`${run.url}/payments/status/${order.transactionId}`);
  return paymentStatusResponseSchema.parse(await answer.json());
}

/** The webhook of the mission's test flow, signed by hand. */
export function sendSimulatedWebhook(
  run: LocalRun,
  merchantOrderId: string,
  authorization = sha256('local_webhook:localWebhook1'),
): Promise<Response> {
  const body = {
    event: 'checkout.order.completed',
    payload: { merchantOrderId, state: 'COMPLETED', amount: 29_900 },
  };
  return postJson(`${run.url}/payments/phonepe-webhook`, body, { authorization });
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
