import { gatewaySecrets } from '../secrets.ts';
import type { FunctionDefinition, TableAccess } from '../types.ts';
import { httpDefaults, SWEEP_MEMORY_MB, subscriberDefaults } from './defaults.ts';

/** A refund's amount is set aside on its order's row; each step is written on its own row. */
const refundTables: readonly TableAccess[] = [
  { table: 'transactions', actions: ['GetItem', 'BatchGetItem', 'UpdateItem'] },
  { table: 'refunds', actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
];

/** Money back: the wish, the look at it, the subscriber and the sweep. */
export const refundFunctions: readonly FunctionDefinition[] = [
  {
    ...subscriberDefaults,
    name: 'refunds',
    handler: 'services/refunds/src/subscriber/handler.handler',
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'BatchGetItem', 'UpdateItem'],
        queries: ['ordersByGatewayOrder'],
      },
      { table: 'refunds', actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'] },
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
    name: 'refundSweep',
    handler: 'services/refunds/src/sweep/handler.handler',
    reservedConcurrency: 2,
    timeoutSeconds: 50,
    memoryMb: SWEEP_MEMORY_MB,
    tables: [
      {
        table: 'transactions',
        actions: ['GetItem', 'BatchGetItem', 'UpdateItem'],
        queries: ['ordersNeedingAttention'],
      },
      {
        table: 'refunds',
        // What was paid twice is asked back by itself.
        actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
        queries: ['refundsByOrder', 'openRefunds', 'refundsByDay'],
      },
    ],
    secrets: gatewaySecrets,
    publishes: true,
    asksGateway: true,
    sendsMail: false,
    settings: ['refundDuplicates'],
  },
];
