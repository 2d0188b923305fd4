import type { DetailType } from '@cloudnestle/contracts/events/all';
import type { SubscriberName } from './subscribers.ts';

export interface TableDefinition {
  /** Default name; a stage may carry another. */
  name: string;
  partitionKey: string;
  sortKey?: string;
  /** Keys are strings throughout. */
  indexes: readonly { name: string; partitionKey: string; sortKey?: string }[];
  /** The attribute whose second (since 1970) an item may be removed after; undefined: items stay for ever. */
  ttl?: string;
}

/** Indexes that functions and the command line query. */
export type IndexKey =
  | 'openOrders'
  | 'ordersNeedingAttention'
  | 'ordersByDay'
  | 'ordersByGatewayOrder'
  | 'ordersByUser'
  | 'usersByEmail'
  | 'entitlementsByToken'
  | 'refundsByOrder'
  | 'openRefunds'
  | 'refundsByDay'
  | 'openDocuments'
  | 'operationsByTime'
  | 'operationsByOrder';

/** What a function may do on tables, as IAM action names. */
export interface TableAccess {
  table: TableKey;
  /** `Query` is on the table itself. */
  actions: readonly (
    | 'GetItem'
    | 'BatchGetItem'
    | 'PutItem'
    | 'UpdateItem'
    | 'DeleteItem'
    | 'Query'
  )[];
  /** The indexes it may query. */
  queries?: readonly IndexKey[];
}

export type TableKey =
  | 'transactions'
  | 'users'
  | 'entitlements'
  | 'checkouts'
  | 'notifications'
  | 'refunds'
  | 'invoices'
  | 'operations';
export type SecretKey = 'gatewayCredentials' | 'tokenSecret';

export interface FunctionDefinition {
  name: FunctionName;
  /** From the repository's root, as SST takes it. */
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  /**
   * Lambda executions of the account that are this function's alone: so many always start, and never more (a reservation
   * is both on AWS). Undefined: it shares what is left with everything else of the account. A stage may say otherwise.
   */
  reservedConcurrency?: number;
  tables: readonly TableAccess[];
  secrets: readonly SecretKey[];
  publishes: boolean;
  sendsMail: boolean;
  /** Calls the gateway's API. */
  asksGateway: boolean;
  /** What else of the stage it needs to know. */
  settings: readonly StageSetting[];
  /** Counts messages of every queue, and sees dead letters or moves them as well. Undefined: knows no queue but its own. */
  letters?: 'see' | 'move';
  /** Reads how the stage's parts are configured, as the doctor does. */
  examines?: boolean;
  /** Sends messages to the operators' job queue. */
  startsJobs?: boolean;
}

export type StageSetting =
  | 'frontends'
  | 'bankHolidays'
  | 'admins'
  | 'repairers'
  | 'operators'
  | 'environment'
  | 'gatewayPace'
  | 'quotaDay'
  | 'passReminder'
  | 'refundDuplicates'
  | 'plansOnSale'
  | 'seller';

export type { SubscriberName };
export type HttpFunctionName =
  | 'upgrade'
  | 'callback'
  | 'paymentStatus'
  | 'plans'
  | 'webhook'
  | 'reconcile'
  | 'refund'
  | 'refundStatus'
  | 'validateToken'
  | 'invoice'
  | 'operate';
export type ScheduledFunctionName = 'sweep' | 'refundSweep' | 'invoiceSweep' | 'revenue';
/** Takes operators' jobs from a queue of its own. */
export type WorkerFunctionName = 'operations';
export type FunctionName =
  | HttpFunctionName
  | ScheduledFunctionName
  | SubscriberName
  | WorkerFunctionName;

export interface Subscription extends WorkQueue {
  subscriber: SubscriberName;
  detailTypes: readonly DetailType[];
}

/** A queue that one function works on, and the dead-letter queue that belongs to it alone. */
export interface WorkQueue {
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
  function: HttpFunctionName;
  /** A JWT authorizer stands before it; whether the token is an admin's or an operator's is the function's own question. */
  adminOnly: boolean;
  throttle: Throttle;
}

/** API Gateway's token bucket: as many calls at once, and then as many in a second; more are answered 429. */
export interface Throttle {
  burst: number;
  ratePerSecond: number;
}

export interface ScheduleDefinition {
  name: string;
  everyMinutes: number;
  function: ScheduledFunctionName;
}
