import {
  httpDefaults,
  INVOICE_MEMORY_MB,
  SWEEP_MEMORY_MB,
  subscriberDefaults,
} from './functions/defaults.ts';
import { invoiceFunctions } from './functions/invoice.ts';
import { operationsFunctions } from './functions/operations.ts';
import { refundFunctions } from './functions/refund.ts';
import { gatewaySecrets } from './secrets.ts';
import type { FunctionDefinition, FunctionName } from './types.ts';

export { SUBSCRIBER_CONCURRENCY } from './functions/defaults.ts';

/** Every function, with what it may touch: the local run and the deployed permissions both come from here. */
export const functions: readonly FunctionDefinition[] = [
  {
    ...httpDefaults,
    name: 'upgrade',
    handler: 'services/checkout/src/upgrade/handler.handler',
    // Its route lets 200 a second through, at 0.4 s each: twice and a half of what is busy then, for a slow PhonePe.
    reservedConcurrency: 200,
    tables: [
      { table: 'transactions', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'checkouts', actions: ['GetItem', 'UpdateItem'] },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    settings: ['frontends', 'plansOnSale'],
  },
  {
    ...httpDefaults,
    name: 'callback',
    handler: 'services/checkout/src/callback/handler.handler',
    // Two routes of 200 a second at 0.25 s.
    reservedConcurrency: 100,
    tables: [{ table: 'transactions', actions: ['GetItem', 'UpdateItem'] }],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    settings: ['frontends'],
  },
  {
    ...httpDefaults,
    name: 'paymentStatus',
    handler: 'services/checkout/src/status/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'entitlements', actions: ['GetItem', 'BatchGetItem'] },
    ],
    secrets: [],
    publishes: false,
    asksGateway: false,
  },
  {
    ...httpDefaults,
    name: 'plans',
    handler: 'services/checkout/src/plans/handler.handler',
    tables: [],
    secrets: [],
    publishes: false,
    asksGateway: false,
    settings: ['plansOnSale'],
  },
  {
    ...httpDefaults,
    name: 'webhook',
    handler: 'services/webhook/src/handler.handler',
    // 500 a second at 0.25 s, after an outage of theirs; what cannot start is answered 503, and PhonePe sends it again.
    reservedConcurrency: 200,
    tables: [{ table: 'transactions', actions: ['GetItem'], queries: ['ordersByGatewayOrder'] }],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
  },
  {
    ...httpDefaults,
    name: 'validateToken',
    handler: 'services/entitlements/src/validation/handler.handler',
    // A ceiling: 2,000 known tokens a second keep 100 busy at 50 ms. A flood of others, at 0.28 s, takes these and no more.
    reservedConcurrency: 150,
    tables: [
      {
        table: 'entitlements',
        actions: ['GetItem', 'BatchGetItem', 'UpdateItem'],
        queries: ['entitlementsByToken'],
      },
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
    ],
    secrets: [],
    publishes: false,
    asksGateway: false,
    settings: ['quotaDay', 'plansOnSale'],
  },
  {
    ...subscriberDefaults,
    name: 'tiers',
    handler: 'services/tiers/src/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'users', actions: ['GetItem', 'BatchGetItem', 'UpdateItem'] },
    ],
    secrets: [],
  },
  {
    ...subscriberDefaults,
    name: 'entitlements',
    handler: 'services/entitlements/src/subscriber/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'entitlements', actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
      // A record that a payment has to make takes over what the buyer's row holds of earlier ones.
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
    ],
    secrets: ['tokenSecret'],
  },
  {
    ...subscriberDefaults,
    name: 'notifications',
    handler: 'services/notifications/src/handler.handler',
    // It sets the pages of documents.
    memoryMb: INVOICE_MEMORY_MB,
    tables: [
      { table: 'transactions', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'notifications', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
      // When a pass ends follows from all that its buyer paid for.
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
      // The document that a mail brings.
      { table: 'invoices', actions: ['GetItem', 'BatchGetItem'] },
    ],
    secrets: [],
    sendsMail: true,
  },
  {
    ...subscriberDefaults,
    name: 'reconciliation',
    handler: 'services/reconciliation/src/subscriber/handler.handler',
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'BatchGetItem', 'UpdateItem'],
        queries: ['ordersByGatewayOrder'],
      },
      { table: 'checkouts', actions: ['GetItem', 'UpdateItem'] },
    ],
    secrets: [],
    // The end of access, where the order's row says so.
    publishes: true,
    settings: ['bankHolidays'],
  },
  {
    ...httpDefaults,
    name: 'reconcile',
    handler: 'services/reconciliation/src/on-demand/handler.handler',
    // API Gateway waits 30 s for an answer.
    timeoutSeconds: 29,
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'UpdateItem'],
        queries: ['ordersByDay', 'ordersNeedingAttention'],
      },
      // The report: what was paid back by day.
      { table: 'refunds', actions: [], queries: ['refundsByDay'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'entitlements', actions: ['GetItem'] },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    settings: ['admins', 'gatewayPace'],
  },
  {
    name: 'sweep',
    handler: 'services/reconciliation/src/sweep/handler.handler',
    // One run, and the next one where Lambda still counts the last.
    reservedConcurrency: 2,
    // Ends before the next run begins.
    timeoutSeconds: 50,
    memoryMb: SWEEP_MEMORY_MB,
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'UpdateItem'],
        queries: ['openOrders', 'ordersNeedingAttention'],
      },
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'entitlements', actions: ['GetItem', 'BatchGetItem'] },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    sendsMail: false,
    settings: ['gatewayPace', 'passReminder'],
  },
  ...refundFunctions,
  ...invoiceFunctions,
  ...operationsFunctions,
];

export function findFunction(name: FunctionName): FunctionDefinition {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`no function is named ${name}`);
  return found;
}

/** AWS refuses a reservation that leaves an account fewer executions than these for functions that reserve none. */
export const LEAST_UNRESERVED = 100;

/** An account's concurrent executions in a region, unless AWS was asked for more; a new account may have 10. */
export const DEFAULT_ACCOUNT_CONCURRENCY = 1000;
