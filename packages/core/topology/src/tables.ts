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
};

/** No TTL anywhere on money or mail (design, Tables). */
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
};

/** The tables' default names by key. */
export const defaultTableNames: Readonly<Record<TableKey, string>> = {
  transactions: tables.transactions.name,
  users: tables.users.name,
  entitlements: tables.entitlements.name,
  checkouts: tables.checkouts.name,
  notifications: tables.notifications.name,
};
