import type { TableDefinition, TableKey } from './types.ts';

/** No TTL anywhere on money or mail (design, Tables). */
export const tables: Readonly<Record<TableKey, TableDefinition>> = {
  transactions: {
    name: 'marketplace-payment-transactions',
    partitionKey: 'transactionId',
    indexes: [
      { name: 'OpenOrdersIndex', partitionKey: 'openShard', sortKey: 'nextCheckAt' },
      { name: 'DayIndex', partitionKey: 'dayShard', sortKey: 'createdAt' },
      { name: 'UserIndex', partitionKey: 'userId', sortKey: 'createdAt' },
      { name: 'PhonePeOrderIndex', partitionKey: 'phonepeOrderId' },
    ],
  },
  users: {
    name: 'marketplace-users',
    partitionKey: 'userId',
    indexes: [{ name: 'EmailIndex', partitionKey: 'email' }],
  },
  entitlements: {
    name: 'marketplace-user-solution-entitlements',
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: [{ name: 'TokenIndex', partitionKey: 'token' }],
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
