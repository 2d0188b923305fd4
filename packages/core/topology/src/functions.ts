import { gatewaySecrets } from './secrets.ts';
import type { FunctionDefinition, FunctionName, TableAccess } from './types.ts';

/**
 * Lambda gives CPU by memory. A subscriber mostly waits for DynamoDB, ten records side by side fit many times over, and
 * no caller waits for it.
 */
const SUBSCRIBER_MEMORY_MB = 256;
/** A buyer, a browser or the gateway waits for the answer: a cold start is CPU work, so this share is larger. */
const HTTP_MEMORY_MB = 512;
/** Many orders at once, each with TLS to the gateway, within 50 s: this much CPU keeps up with the calls it may make. */
const SWEEP_MEMORY_MB = 512;

/** Functions that may work on one queue at once, and no fewer than that can always start. */
export const SUBSCRIBER_CONCURRENCY = 10;

/** A refund's amount is set aside on its order's row; each step is written on its own row. */
const refundTables: readonly TableAccess[] = [
  { table: 'transactions', actions: ['GetItem', 'UpdateItem'] },
  { table: 'refunds', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
];

/** All want the next number of the same series, and of those that want it at once one gets it: more would mostly wait for each other. */
const INVOICE_CONCURRENCY = 3;
/** A page is set in an eighth of a second on a whole CPU, and this is half of one. */
const INVOICE_MEMORY_MB = 1024;
const documentTables: readonly TableAccess[] = [
  { table: 'transactions', actions: ['GetItem'] },
  // Which of a buyer's payments stands, and whom the last order was made out to.
  { table: 'checkouts', actions: ['GetItem'] },
];

const subscriberDefaults = {
  reservedConcurrency: SUBSCRIBER_CONCURRENCY,
  timeoutSeconds: 15,
  memoryMb: SUBSCRIBER_MEMORY_MB,
  publishes: false,
  sendsMail: false,
  asksGateway: false,
  settings: [],
};
const httpDefaults = {
  timeoutSeconds: 10,
  memoryMb: HTTP_MEMORY_MB,
  sendsMail: false,
  settings: [],
};

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
      { table: 'transactions', actions: ['GetItem'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'entitlements', actions: ['GetItem'] },
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
        actions: ['GetItem', 'UpdateItem'],
        queries: ['entitlementsByToken'],
      },
      { table: 'users', actions: ['GetItem'] },
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
      { table: 'users', actions: ['GetItem'] },
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
      { table: 'users', actions: ['GetItem'] },
      // The document that a mail brings.
      { table: 'invoices', actions: ['GetItem'] },
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
    ...subscriberDefaults,
    name: 'refunds',
    handler: 'services/refunds/src/subscriber/handler.handler',
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'UpdateItem'],
        queries: ['ordersByGatewayOrder'],
      },
      { table: 'refunds', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
  },
  {
    ...httpDefaults,
    name: 'refund',
    handler: 'services/refunds/src/request/handler.handler',
    tables: refundTables,
    // It asks no gateway for money, and must know what each takes of refunds.
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    settings: ['repairers'],
  },
  {
    ...httpDefaults,
    name: 'refundStatus',
    handler: 'services/refunds/src/look/handler.handler',
    tables: [{ table: 'refunds', actions: ['GetItem'] }],
    secrets: [],
    publishes: false,
    asksGateway: false,
    settings: ['repairers'],
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
      { table: 'users', actions: ['GetItem'] },
      { table: 'entitlements', actions: ['GetItem'] },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    sendsMail: false,
    settings: ['gatewayPace', 'passReminder'],
  },
  {
    name: 'refundSweep',
    handler: 'services/refunds/src/sweep/handler.handler',
    reservedConcurrency: 2,
    timeoutSeconds: 50,
    memoryMb: SWEEP_MEMORY_MB,
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'UpdateItem'],
        queries: ['ordersNeedingAttention'],
      },
      {
        table: 'refunds',
        // What was paid twice is asked back by itself.
        actions: ['GetItem', 'PutItem', 'UpdateItem'],
        queries: ['refundsByOrder', 'openRefunds', 'refundsByDay'],
      },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    sendsMail: false,
    settings: ['refundDuplicates'],
  },
  {
    ...subscriberDefaults,
    name: 'invoices',
    handler: 'services/invoices/src/subscriber/handler.handler',
    reservedConcurrency: INVOICE_CONCURRENCY,
    memoryMb: INVOICE_MEMORY_MB,
    tables: [
      ...documentTables,
      { table: 'invoices', actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'] },
    ],
    secrets: [],
    publishes: true,
    settings: ['seller'],
  },
  {
    ...httpDefaults,
    name: 'invoice',
    handler: 'services/invoices/src/download/handler.handler',
    memoryMb: INVOICE_MEMORY_MB,
    tables: [{ table: 'invoices', actions: ['GetItem'] }],
    secrets: ['tokenSecret'],
    publishes: false,
    asksGateway: false,
  },
  {
    ...httpDefaults,
    name: 'invoiceSweep',
    handler: 'services/invoices/src/sweep/handler.handler',
    // One run, and the next one where Lambda still counts the last.
    reservedConcurrency: 2,
    timeoutSeconds: 50,
    memoryMb: INVOICE_MEMORY_MB,
    tables: [
      ...documentTables,
      {
        table: 'invoices',
        actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
        queries: ['openDocuments'],
      },
    ],
    secrets: [],
    publishes: true,
    asksGateway: false,
    settings: ['seller'],
  },
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
