import { buildHandler as buildCallback } from '@cloudnestle/checkout/callback/composition';
import { buildHandler as buildPlans } from '@cloudnestle/checkout/plans/composition';
import { buildHandler as buildPaymentStatus } from '@cloudnestle/checkout/status/composition';
import { buildHandler as buildUpgrade } from '@cloudnestle/checkout/upgrade/composition';
import { buildHandler as buildEntitlements } from '@cloudnestle/entitlements/subscriber/composition';
import { buildHandler as buildValidateToken } from '@cloudnestle/entitlements/validation/composition';
import { buildHandler as buildInvoice } from '@cloudnestle/invoices/download/composition';
import { buildHandler as buildInvoices } from '@cloudnestle/invoices/subscriber/composition';
import { buildHandler as buildInvoiceSweep } from '@cloudnestle/invoices/sweep/composition';
import { buildHandler as buildNotifications } from '@cloudnestle/notifications/composition';
import { buildHandler as buildOperate } from '@cloudnestle/operate/api/composition';
import { buildHandler as buildRevenue } from '@cloudnestle/operate/revenue/composition';
import { buildHandler as buildOperations } from '@cloudnestle/operate/worker/composition';
import { buildHandler as buildReconcile } from '@cloudnestle/reconciliation/on-demand/composition';
import { buildHandler as buildReconciliation } from '@cloudnestle/reconciliation/subscriber/composition';
import { buildHandler as buildSweep } from '@cloudnestle/reconciliation/sweep/composition';
import { buildHandler as buildRefundStatus } from '@cloudnestle/refunds/look/composition';
import { buildHandler as buildRefund } from '@cloudnestle/refunds/request/composition';
import { buildHandler as buildRefunds } from '@cloudnestle/refunds/subscriber/composition';
import { buildHandler as buildRefundSweep } from '@cloudnestle/refunds/sweep/composition';
import type { Environment } from '@cloudnestle/runtime/config';
import type { HttpHandler } from '@cloudnestle/runtime/http/handler';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import { buildHandler as buildTiers } from '@cloudnestle/tiers/composition';
import { forEachSubscriber } from '@cloudnestle/topology/subscribers';
import type {
  FunctionName,
  HttpFunctionName,
  ScheduledFunctionName,
  SubscriberName,
  WorkerFunctionName,
} from '@cloudnestle/topology/types';
import { buildHandler as buildWebhook } from '@cloudnestle/webhook/composition';

/** The functions of a run, composed: queue subscribers, HTTP functions, what the clock runs, and the operators' worker. */
export type Handlers = Readonly<
  Record<SubscriberName | WorkerFunctionName, QueueHandler> &
    Record<HttpFunctionName, HttpHandler> &
    Record<ScheduledFunctionName, ScheduleHandler>
>;

/** Composes every function from its environment, as a cold start would. */
export function buildHandlers(
  environmentOf: (name: FunctionName) => Environment,
  platformOf: (name: FunctionName) => Platform,
): Handlers {
  const inputs = (name: FunctionName) => [environmentOf(name), platformOf(name)] as const;
  return {
    upgrade: handlerBuilders.upgrade(...inputs('upgrade')),
    callback: handlerBuilders.callback(...inputs('callback')),
    paymentStatus: handlerBuilders.paymentStatus(...inputs('paymentStatus')),
    plans: handlerBuilders.plans(...inputs('plans')),
    webhook: handlerBuilders.webhook(...inputs('webhook')),
    ...forEachSubscriber((name) => handlerBuilders[name](...inputs(name))),
    validateToken: handlerBuilders.validateToken(...inputs('validateToken')),
    reconcile: handlerBuilders.reconcile(...inputs('reconcile')),
    refund: handlerBuilders.refund(...inputs('refund')),
    refundStatus: handlerBuilders.refundStatus(...inputs('refundStatus')),
    sweep: handlerBuilders.sweep(...inputs('sweep')),
    refundSweep: handlerBuilders.refundSweep(...inputs('refundSweep')),
    invoice: handlerBuilders.invoice(...inputs('invoice')),
    invoiceSweep: handlerBuilders.invoiceSweep(...inputs('invoiceSweep')),
    revenue: handlerBuilders.revenue(...inputs('revenue')),
    operate: handlerBuilders.operate(...inputs('operate')),
    operations: handlerBuilders.operations(...inputs('operations')),
  };
}

/** Every function of the topology by its name, as its service composes it. */
export const handlerBuilders = {
  upgrade: buildUpgrade,
  callback: buildCallback,
  paymentStatus: buildPaymentStatus,
  plans: buildPlans,
  webhook: buildWebhook,
  validateToken: buildValidateToken,
  tiers: buildTiers,
  entitlements: buildEntitlements,
  notifications: buildNotifications,
  reconciliation: buildReconciliation,
  reconcile: buildReconcile,
  sweep: buildSweep,
  refunds: buildRefunds,
  refund: buildRefund,
  refundStatus: buildRefundStatus,
  refundSweep: buildRefundSweep,
  invoices: buildInvoices,
  invoice: buildInvoice,
  invoiceSweep: buildInvoiceSweep,
  revenue: buildRevenue,
  operate: buildOperate,
  operations: buildOperations,
} as const;
