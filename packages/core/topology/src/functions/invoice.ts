import type { FunctionDefinition, TableAccess } from '../types.ts';
import { httpDefaults, INVOICE_MEMORY_MB, subscriberDefaults } from './defaults.ts';

/** All want the next number of the same series, and of those that want it at once one gets it: more would mostly wait for each other. */
const INVOICE_CONCURRENCY = 3;
const documentTables: readonly TableAccess[] = [
  { table: 'transactions', actions: ['GetItem', 'BatchGetItem'] },
  // Which of a buyer's payments stands, and whom the last order was made out to.
  { table: 'checkouts', actions: ['GetItem', 'BatchGetItem'] },
];

/** Invoices and credit notes: the subscriber, the download and the sweep. */
export const invoiceFunctions: readonly FunctionDefinition[] = [
  {
    ...subscriberDefaults,
    name: 'invoices',
    handler: 'services/invoices/src/subscriber/handler.handler',
    reservedConcurrency: INVOICE_CONCURRENCY,
    memoryMb: INVOICE_MEMORY_MB,
    tables: [
      ...documentTables,
      { table: 'invoices', actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'] },
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
    tables: [{ table: 'invoices', actions: ['GetItem', 'BatchGetItem'] }],
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
        actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'],
        queries: ['openDocuments'],
      },
    ],
    secrets: [],
    publishes: true,
    asksGateway: false,
    settings: ['seller'],
  },
];
