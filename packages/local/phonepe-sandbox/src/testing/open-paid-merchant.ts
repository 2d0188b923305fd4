import type { FinishOrder } from '../control/control-schemas.ts';
import { openMerchant, payRequest } from './open-merchant.ts';

type Options = NonNullable<Parameters<typeof openMerchant>[0]> & {
  mode?: NonNullable<FinishOrder['mode']>;
};

/** Clocks are moved on by months, and the token still holds. */
const LONG = 365 * 86_400;

/** A merchant with a sandbox, one order (`MO-1`, 29,900 paisa) paid by `mode`, and refunds. */
export async function openPaidMerchant({ mode = 'UPI', ...options }: Options = {}) {
  const merchant = await openMerchant({ tokenLifetimeSeconds: LONG, ...options });
  const { sandbox } = merchant;
  const pay = async (merchantOrderId: string) => {
    await merchant.call('/checkout/v2/pay', payRequest({ merchantOrderId }));
    sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', mode });
    await merchant.webhooks();
  };
  await pay('MO-1');
  return {
    ...merchant,
    pay,
    refund: (merchantRefundId: string, amount: number, originalMerchantOrderId = 'MO-1') =>
      merchant.call('/payments/v2/refund', {
        merchantRefundId,
        originalMerchantOrderId,
        amount,
      }),
    refundStatus: async (merchantRefundId: string): Promise<unknown> =>
      (await merchant.call(`/payments/v2/refund/${merchantRefundId}/status`)).json(),
    /** The bodies of all webhooks so far, raw, once none is on its way. */
    bodies: async (): Promise<unknown[]> => {
      await sandbox.deliveries.settled();
      return merchant.hook.received.map(({ body }) => JSON.parse(body));
    },
  };
}
