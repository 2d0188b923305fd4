import { randomBytes } from 'node:crypto';
import type {
  DashboardRefund,
  FinishOrder,
  FinishRefund,
  Rotation,
} from './control/control-schemas.ts';
import { createIds } from './create-ids.ts';
import { createTimers } from './create-timers.ts';
import { createTokenIssuer } from './create-token-issuer.ts';
import { createFaultPlan, type Operation } from './faults.ts';
import type { SandboxOptions } from './options.ts';
import { createOrderBook, type EndOrderResult } from './orders/create-order-book.ts';
import type { Order } from './orders/order.ts';
import {
  createRefundBook,
  type EndRefundResult,
  type RequestRefundResult,
} from './refunds/create-refund-book.ts';
import { type Refund, sumOf } from './refunds/refund.ts';
import { defaultRefundRules, type RefundWebhookBody } from './refunds/refund-rules.ts';
import { buildRefundWebhook } from './webhooks/build-refund-webhook.ts';
import { buildOrderWebhook } from './webhooks/build-webhook.ts';
import { createWebhookSender } from './webhooks/create-webhook-sender.ts';

export type Engine = ReturnType<typeof createEngine>;

/** A timer can fire a moment before the clock agrees. */
const TIMER_SLACK_MS = 20;

const copiesOf = { send: 1, lose: 0, duplicate: 2 } as const;

/** The sandbox without HTTP: orders, refunds, tokens, faults and webhooks, and what time does to them. */
export function createEngine(options: SandboxOptions) {
  const { now = () => new Date(), log = () => {}, refundDelayMs, refundRules } = options;
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
  const refunds = createRefundBook({
    now,
    ids,
    rules: {
      ...defaultRefundRules,
      ...(refundDelayMs !== undefined && { delayMs: refundDelayMs }),
      ...refundRules,
    },
    takings: (fromMs, toMs) =>
      orders
        .list()
        .flatMap(({ attempts }) => attempts)
        .filter(({ state, at }) => state === 'COMPLETED' && at >= fromMs && at <= toMs)
        .reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0),
    moved: (refund) => {
      const { announcesConfirmed, webhook, webhookBody } = refunds.rules();
      const isTold = refund.state !== 'CONFIRMED' || announcesConfirmed;
      announceRefund(refund, isTold ? copiesOf[webhook] : 0, webhookBody);
    },
  });
  const calls: Record<Operation, number> = {
    token: 0,
    pay: 0,
    status: 0,
    refund: 0,
    refundStatus: 0,
  };

  const orderWebhook = (order: Order) => buildOrderWebhook(order, tokens.merchantId(), variant);

  function announceRefund(refund: Refund, copies: number, shape: RefundWebhookBody): void {
    log(`refund ${refund.merchantRefundId}: ${refund.state}`);
    if (copies === 0) return;
    webhooks.send([buildRefundWebhook(refund, tokens.merchantId(), { variant, shape })], copies);
  }

  /** Reads the refund again when its next step is due, so that it moves even if the merchant never asks. */
  function watchRefund({ merchantRefundId, plan: [next] }: Refund): void {
    if (!next) return;
    timers.after(next.at - now().getTime() + TIMER_SLACK_MS, () => {
      const refund = refunds.get(merchantRefundId);
      if (refund) watchRefund(refund);
    });
  }

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
    /** Reads the order again when its time is over, so that it ends and is announced even if the merchant never asks. */
    watchExpiry: ({ merchantOrderId, expireAt }: Order) =>
      timers.after(expireAt - now().getTime() + TIMER_SLACK_MS, () => orders.get(merchantOrderId)),
    watchRefund,
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
      { outcome, webhook = 'send', webhookBody = 'full', failure }: FinishRefund,
    ): EndRefundResult {
      const result = refunds.end(merchantRefundId, outcome, failure);
      if (result.kind === 'finished') {
        announceRefund(result.refund, copiesOf[webhook], webhookBody);
      }
      return result;
    },
    /** The merchant's operator pays back in PhonePe's dashboard: the same rules, and none of our ids. */
    refundInDashboard(
      merchantOrderId: string,
      { amountInPaisa }: DashboardRefund = {},
    ): RequestRefundResult {
      const order = orders.get(merchantOrderId);
      const left = (order?.amountInPaisa ?? 0) - sumOf(refunds.ofOrder(merchantOrderId));
      const result = refunds.request({
        merchantRefundId: `REFUND-${ids.digits(10)}`,
        order,
        amountInPaisa: amountInPaisa ?? left,
      });
      if (result.kind === 'taken') watchRefund(result.refund);
      return result;
    },
    rotate(rotation: Rotation) {
      const given = Object.entries(rotation).filter(([, value]) => value !== undefined);
      tokens.rotate(Object.fromEntries(given));
    },
  };
}
