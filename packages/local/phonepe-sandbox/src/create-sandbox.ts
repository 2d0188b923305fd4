import { Hono } from 'hono';
import { apiError } from './api/answers.ts';
import { mountApi } from './api/mount-api.ts';
import { mountCheckout } from './checkout/mount-checkout.ts';
import type {
  DashboardRefund,
  FinishOrder,
  FinishRefund,
  Rotation,
} from './control/control-schemas.ts';
import { mountControl } from './control/mount-control.ts';
import { createEngine } from './create-engine.ts';
import type { Fault, Operation } from './faults.ts';
import type { SandboxEnv, SandboxOptions } from './options.ts';
import type { EndOrderResult } from './orders/create-order-book.ts';
import type { Order } from './orders/order.ts';
import type { EndRefundResult, RequestRefundResult } from './refunds/create-refund-book.ts';
import type { Refund } from './refunds/refund.ts';
import type { RefundRuleChanges, RefundRules } from './refunds/refund-rules.ts';
import type { Delivery } from './webhooks/create-webhook-sender.ts';
import type { SignedWebhook } from './webhooks/sign-webhook.ts';
import type { WebhookAuth } from './webhooks/webhook-options.ts';

/** A simulated PhonePe, in memory. */
export interface Sandbox {
  /** Serves everything below `basePath`; mount it with `other.route('/', sandbox.app)`. */
  readonly app: Hono<SandboxEnv>;
  readonly basePath: string;
  readonly orders: {
    get(merchantOrderId: string): Order | undefined;
    list(): Order[];
  };
  readonly refunds: {
    get(merchantRefundId: string): Refund | undefined;
    list(): Refund[];
  };
  /** Does what the buyer would do on the hosted page, or time in their place. Webhooks follow on their own. */
  finish(merchantOrderId: string, how: FinishOrder): EndOrderResult;
  finishRefund(merchantRefundId: string, how: FinishRefund): EndRefundResult;
  /** A refund made in PhonePe's dashboard, under an id that is not ours; default: of all that is left. */
  refundInDashboard(merchantOrderId: string, refund?: DashboardRefund): RequestRefundResult;
  /** How refunds are treated from now on. */
  readonly refundRules: {
    get(): RefundRules;
    set(changes: RefundRuleChanges): RefundRules;
  };
  readonly faults: {
    /** Replaces what was planned. The first fault that fits a call is taken. */
    set(faults: readonly Fault[]): void;
    add(fault: Fault): void;
    clear(): void;
    list(): Fault[];
  };
  /** New credentials: the old ones are refused from now on and every token given out is void. */
  rotate(credentials: Rotation): void;
  setWebhookAuth(auth: WebhookAuth): void;
  /** A webhook about the order as it stands now, signed and not sent: for replays and forgeries. */
  signWebhook(merchantOrderId: string): SignedWebhook | undefined;
  readonly deliveries: {
    /** Every try so far, oldest first. */
    list(): Delivery[];
    /** Resolves when no webhook is on its way and none waits for a retry. */
    settled(): Promise<void>;
  };
  /** How often each API operation was called, faults included. Counts on. */
  readonly calls: Readonly<Record<Operation, number>>;
  /** Ends timers, deliveries and hanging calls. Nothing is sent afterwards. */
  stop(): void;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const basePath = options.basePath ?? '/phonepe';
  const engine = createEngine(options);
  const { orders, refunds, webhooks } = engine;
  const app = new Hono<SandboxEnv>();
  app.onError((error) => {
    engine.log(`sandbox bug: ${error.stack ?? error.message}`);
    return apiError('internal');
  });
  mountApi(app, basePath, engine, options);
  mountControl(app, basePath, engine);
  mountCheckout(app, basePath, engine, options.merchantName ?? 'CloudNestle Marketplace');

  return {
    app,
    basePath,
    orders: { get: orders.get, list: orders.list },
    refunds: { get: refunds.get, list: refunds.list },
    finish: engine.finish,
    finishRefund: engine.finishRefund,
    refundInDashboard: engine.refundInDashboard,
    refundRules: { get: refunds.rules, set: refunds.setRules },
    faults: engine.faults,
    rotate: engine.rotate,
    setWebhookAuth: webhooks.setAuth,
    signWebhook: (merchantOrderId) => {
      const order = orders.get(merchantOrderId);
      return order && webhooks.sign(engine.orderWebhook(order));
    },
    deliveries: webhooks.deliveries,
    calls: engine.calls,
    stop: engine.timers.stop,
  };
}
