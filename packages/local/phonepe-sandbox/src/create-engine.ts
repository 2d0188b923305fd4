import { randomBytes } from 'node:crypto';
import type { FinishOrder, FinishRefund, Rotation } from './control/control-schemas.ts';
import { createFaultPlan } from './faults/create-fault-plan.ts';
import type { Operation } from './faults/fault.ts';
import type { SandboxOptions } from './options.ts';
import { createOrderBook, type EndOrderResult } from './orders/create-order-book.ts';
import type { Order } from './orders/order.ts';
import { createRefundBook, type EndRefundResult } from './refunds/create-refund-book.ts';
import type { Refund } from './refunds/refund.ts';
import { createIds } from './support/create-ids.ts';
import { createTimers } from './support/create-timers.ts';
import { createTokenIssuer } from './tokens/create-token-issuer.ts';
import { buildOrderWebhook, buildRefundWebhook } from './webhooks/build-webhook.ts';
import { createWebhookSender } from './webhooks/create-webhook-sender.ts';

export type Engine = ReturnType<typeof createEngine>;

/** A timer can fire a moment before the clock agrees. */
const timerSlackMs = 20;

const copiesOf = { send: 1, lose: 0, duplicate: 2 } as const;

/** The sandbox without HTTP: orders, refunds, tokens, faults and webhooks, and what time does to them. */
export function createEngine(options: SandboxOptions) {
  const { now = () => new Date(), log = () => {}, refundDelayMs = 2_000 } = options;
  const { variant = 'current' } = options.webhook;
  const ids = createIds(now, options.randomBytes ?? randomBytes);
  const timers = createTimers();
  const webhooks = createWebhookSender({ webhook: options.webhook, timers, now, log });
  const tokens = createTokenIssuer({
    credentials: options.credentials,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 3_600,
    now,
    ids,
  });
  const orders = createOrderBook({ now, ids, expired: (order) => announce([order]) });
  const completed = (refund: Refund) => webhooks.send([refundWebhook(refund)]);
  const refunds = createRefundBook({ now, ids, delayMs: refundDelayMs, completed });
  const calls: Record<Operation, number> = {
    token: 0,
    pay: 0,
    status: 0,
    refund: 0,
    refundStatus: 0,
  };

  const orderWebhook = (order: Order) => buildOrderWebhook(order, tokens.merchantId(), variant);
  const refundWebhook = (refund: Refund) =>
    buildRefundWebhook(refund, tokens.merchantId(), variant);

  function announce(steps: readonly Order[], copies = 1): void {
    for (const { merchantOrderId, state } of steps) log(`order ${merchantOrderId}: ${state}`);
    if (copies > 0) webhooks.send(steps.map(orderWebhook), copies);
  }

  return {
    ids,
    timers,
    tokens,
    orders,
    refunds,
    calls,
    webhooks,
    orderWebhook,
    now,
    log,
    faults: createFaultPlan(),
    /** Reads the order again when its time is over, so that it ends and is announced even if nobody asks. */
    watchExpiry: ({ merchantOrderId, expireAt }: Order) =>
      timers.after(expireAt - now().getTime() + timerSlackMs, () => orders.get(merchantOrderId)),
    watchRefund: ({ merchantRefundId }: Refund) => {
      if (refundDelayMs === null) return;
      timers.after(refundDelayMs + timerSlackMs, () => refunds.get(merchantRefundId));
    },
    finish(merchantOrderId: string, how: FinishOrder): EndOrderResult {
      const {
        outcome,
        mode = 'UPI',
        webhook = 'send',
        at = now(),
        secondAttempt,
        paidTwice,
        amountInPaisa,
      } = how;
      const { steps, ...result } = orders.end(merchantOrderId, {
        outcome,
        mode,
        at,
        ...(secondAttempt !== undefined && { secondAttempt }),
        ...(paidTwice !== undefined && { paidTwice }),
        ...(amountInPaisa !== undefined && { amountInPaisa }),
      });
      if (steps.length > 0) announce(steps, copiesOf[webhook]);
      return result;
    },
    finishRefund(
      merchantRefundId: string,
      { outcome, webhook = 'send' }: FinishRefund,
    ): EndRefundResult {
      const result = refunds.end(merchantRefundId, outcome);
      if (result.kind === 'finished' && webhook !== 'lose')
        webhooks.send([refundWebhook(result.refund)], copiesOf[webhook]);
      return result;
    },
    rotate(rotation: Rotation) {
      const given = Object.entries(rotation).filter(([, value]) => value !== undefined);
      tokens.rotate(Object.fromEntries(given));
    },
  };
}
