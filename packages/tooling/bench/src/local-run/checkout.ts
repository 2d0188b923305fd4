import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import type { DemoUser } from '@cloudnestle/dev/demo-users';
import type { LocalRun } from '@cloudnestle/dev/start';

/** A paid order whose webhook has not been delivered yet. */
export interface PaidOrder {
  transactionId: string;
  headers: Record<string, string>;
  body: string;
}

/** A buyer clicks Upgrade and pays by UPI; the sandbox keeps its webhook to itself. */
export async function checkOut(run: LocalRun, buyer: DemoUser): Promise<PaidOrder> {
  const { userId, email: userEmail } = buyer;
  const answer = await fetch(`${run.url}/payments/upgrade-to-pro`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, userEmail, tier: 'pro' }),
  });
  if (!answer.ok) throw new Error(`upgrade-to-pro answered ${answer.status}`);
  const { transactionId, merchantOrderId } = upgradeResponseSchema.parse(await answer.json());
  run.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
  const webhook = run.sandbox.signWebhook(merchantOrderId);
  if (!webhook) throw new Error('the sandbox does not know its order');
  const { headers, body } = webhook;
  return { transactionId, headers, body: new TextDecoder().decode(body) };
}
