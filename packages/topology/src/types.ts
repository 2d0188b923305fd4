import type { DetailType } from '@cloudnestle/contracts/events/all';

export interface TableDefinition {
  /** Default name; a stage may carry another. */
  name: string;
  partitionKey: string;
  sortKey?: string;
  /** Keys are strings throughout. */
  indexes: readonly { name: string; partitionKey: string; sortKey?: string }[];
}

/** What a function may do on tables, as IAM action names. */
export interface TableAccess {
  table: TableKey;
  actions: readonly ('GetItem' | 'PutItem' | 'UpdateItem' | 'Query')[];
}

export type TableKey = 'transactions' | 'users' | 'entitlements' | 'checkouts' | 'notifications';
export type SecretKey = 'gatewayCredentials' | 'tokenSecret';

export interface FunctionDefinition {
  name: FunctionName;
  /** From the repository's root, as SST takes it. */
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  tables: readonly TableAccess[];
  secrets: readonly SecretKey[];
  publishes: boolean;
  sendsMail: boolean;
  /** Calls the gateway's API. */
  asksGateway: boolean;
}

export type SubscriberName = 'tiers' | 'entitlements' | 'notifications' | 'reconciliation';
export type FunctionName = 'upgrade' | 'paymentStatus' | 'webhook' | SubscriberName;

export interface Subscription {
  subscriber: SubscriberName;
  detailTypes: readonly DetailType[];
  queue: string;
  deadLetterQueue: string;
  batchSize: number;
  batchWindowSeconds: number;
  /** Functions that may work on this queue at once. */
  maximumConcurrency: number;
  visibilityTimeoutSeconds: number;
}

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  function: FunctionName;
  /** Only an admin's token may call it. */
  adminOnly: boolean;
}

export interface ScheduleDefinition {
  name: string;
  everyMinutes: number;
  function: FunctionName;
}
