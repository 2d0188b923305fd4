import { gatewaySecrets } from '../secrets.ts';
import type { FunctionDefinition, TableAccess } from '../types.ts';
import { httpDefaults } from './defaults.ts';

/** Lambda ends no function later than this. */
const LONGEST_SECONDS = 900;
/** A job holds a page of letters or orders at a time, and what it found of them. */
const WORKER_MEMORY_MB = 512;
/** Each queue is gone through by one operator at a time; other jobs run beside that. */
export const WORKER_CONCURRENCY = 5;

/** What the API shows, finds and changes while its operator waits. */
const apiTables: readonly TableAccess[] = [
  {
    table: 'transactions',
    actions: ['GetItem', 'UpdateItem'],
    queries: [
      'openOrders',
      'ordersByDay',
      'ordersNeedingAttention',
      'ordersByUser',
      'ordersByGatewayOrder',
    ],
  },
  { table: 'users', actions: ['GetItem'], queries: ['usersByEmail'] },
  { table: 'entitlements', actions: ['GetItem'] },
  {
    table: 'refunds',
    actions: ['GetItem', 'PutItem', 'UpdateItem'],
    queries: ['refundsByOrder', 'openRefunds', 'refundsByDay'],
  },
  { table: 'invoices', actions: ['GetItem', 'Query'], queries: ['openDocuments'] },
  { table: 'notifications', actions: ['GetItem'] },
  {
    table: 'operations',
    actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    queries: ['operationsByTime', 'operationsByOrder'],
  },
];

/** What jobs read and change. */
const workerTables: readonly TableAccess[] = [
  {
    table: 'transactions',
    actions: ['GetItem', 'UpdateItem'],
    queries: ['ordersByDay', 'ordersNeedingAttention', 'ordersByUser'],
  },
  { table: 'users', actions: ['GetItem'] },
  { table: 'entitlements', actions: ['GetItem'] },
  {
    table: 'refunds',
    actions: ['GetItem', 'PutItem', 'UpdateItem'],
    queries: ['refundsByOrder'],
  },
  // A mail of which it is unknown whether it was sent is freed.
  { table: 'notifications', actions: ['GetItem', 'UpdateItem'] },
  {
    table: 'operations',
    actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    queries: ['operationsByTime'],
  },
];

/** The operators' side: their API, and the worker that does their jobs. */
export const operationsFunctions: readonly FunctionDefinition[] = [
  {
    ...httpDefaults,
    name: 'operate',
    handler: 'services/operations/src/api/handler.handler',
    // API Gateway waits 30 s for an answer.
    timeoutSeconds: 29,
    tables: apiTables,
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    settings: ['operators', 'environment'],
    letters: 'see',
    examines: true,
    startsJobs: true,
  },
  {
    name: 'operations',
    handler: 'services/operations/src/worker/handler.handler',
    reservedConcurrency: WORKER_CONCURRENCY,
    timeoutSeconds: LONGEST_SECONDS,
    memoryMb: WORKER_MEMORY_MB,
    tables: workerTables,
    secrets: gatewaySecrets,
    publishes: true,
    sendsMail: false,
    asksGateway: true,
    settings: ['environment'],
    letters: 'move',
    startsJobs: true,
  },
  {
    name: 'revenue',
    handler: 'services/operations/src/revenue/handler.handler',
    // One run, and the next one where Lambda still counts the last.
    reservedConcurrency: 2,
    // Ends before the next run begins.
    timeoutSeconds: 290,
    memoryMb: WORKER_MEMORY_MB,
    tables: [
      { table: 'transactions', actions: [], queries: ['ordersByDay'] },
      { table: 'refunds', actions: [], queries: ['refundsByDay'] },
      { table: 'operations', actions: ['PutItem', 'Query'] },
    ],
    secrets: [],
    publishes: false,
    sendsMail: false,
    asksGateway: false,
    settings: [],
  },
];
