import type { IndexKey, TableDefinition, TableKey } from './types.ts';

/** The indexes that are queried, by key. Default names; a stage may have others. */
export const defaultIndexNames: Readonly<Record<IndexKey, string>> = {
  openOrders: 'OpenOrdersIndex',
  ordersNeedingAttention: 'AttentionIndex',
  ordersByDay: 'DayIndex',
  ordersByGatewayOrder: 'PhonePeOrderIndex',
  ordersByUser: 'UserIndex',
  usersByEmail: 'EmailIndex',
  entitlementsByToken: 'TokenIndex',
  refundsByOrder: 'OrderIndex',
  openRefunds: 'OpenRefundsIndex',
  refundsByDay: 'RefundDayIndex',
  openDocuments: 'OpenDocumentsIndex',
  operationsByTime: 'OperationTimeIndex',
  operationsByOrder: 'OperationOrderIndex',
};

/** No TTL anywhere on money, mail or invoices; of the operators' items those that are kept for a while name theirs. */
export const tables: Readonly<Record<TableKey, TableDefinition>> = {
  transactions: {
    name: 'marketplace-payment-transactions',
    partitionKey: 'transactionId',
    indexes: [
      { name: defaultIndexNames.openOrders, partitionKey: 'openShard', sortKey: 'nextCheckAt' },
      {
        name: defaultIndexNames.ordersNeedingAttention,
        partitionKey: 'attentionShard',
        sortKey: 'attentionSince',
      },
      { name: defaultIndexNames.ordersByDay, partitionKey: 'dayShard', sortKey: 'createdAt' },
      { name: defaultIndexNames.ordersByUser, partitionKey: 'userId', sortKey: 'createdAt' },
      { name: defaultIndexNames.ordersByGatewayOrder, partitionKey: 'phonepeOrderId' },
    ],
  },
  users: {
    name: 'marketplace-users',
    partitionKey: 'userId',
    indexes: [{ name: defaultIndexNames.usersByEmail, partitionKey: 'email' }],
  },
  entitlements: {
    name: 'marketplace-user-solution-entitlements',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [{ name: defaultIndexNames.entitlementsByToken, partitionKey: 'token' }],
  },
  checkouts: {
    name: 'marketplace-payment-checkouts',
    partitionKey: 'checkoutKey',
    indexes: [],
  },
  notifications: {
    name: 'marketplace-payment-notifications',
    partitionKey: 'notificationKey',
    indexes: [],
  },
  refunds: {
    name: 'marketplace-payment-refunds',
    partitionKey: 'refundId',
    indexes: [
      {
        name: defaultIndexNames.refundsByOrder,
        partitionKey: 'transactionId',
        sortKey: 'createdAt',
      },
      { name: defaultIndexNames.openRefunds, partitionKey: 'openShard', sortKey: 'nextCheckAt' },
      { name: defaultIndexNames.refundsByDay, partitionKey: 'dayShard', sortKey: 'completedAt' },
    ],
  },
  invoices: {
    name: 'marketplace-payment-invoices',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [
      { name: defaultIndexNames.openDocuments, partitionKey: 'openShard', sortKey: 'openSince' },
    ],
  },
  operations: {
    name: 'marketplace-payment-operations',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [
      { name: defaultIndexNames.operationsByTime, partitionKey: 'timeKey', sortKey: 'at' },
      { name: defaultIndexNames.operationsByOrder, partitionKey: 'transactionId', sortKey: 'at' },
    ],
    ttl: 'expiresAtSeconds',
  },
};

/** The tables' default names by key. */
export const defaultTableNames: Readonly<Record<TableKey, string>> = {
  transactions: tables.transactions.name,
  users: tables.users.name,
  entitlements: tables.entitlements.name,
  checkouts: tables.checkouts.name,
  notifications: tables.notifications.name,
  refunds: tables.refunds.name,
  invoices: tables.invoices.name,
  operations: tables.operations.name,
};

const tableKeys: readonly TableKey[] = [
  'transactions',
  'users',
  'entitlements',
  'checkouts',
  'notifications',
  'refunds',
  'invoices',
  'operations',
];

/** The table that an index is of. */
export function findTableOf(index: IndexKey): TableKey {
  const found = tableKeys.find((key) =>
    tables[key].indexes.some(({ name }) => name === defaultIndexNames[index]),
  );
  if (!found) throw new Error(`no table has the index ${index}`);
  return found;
}

/** Open and day keys end in a shard number. One shard takes 1,000 writes a second on DynamoDB; raise it before that. */
export const indexShardCount = 1;
