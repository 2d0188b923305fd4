import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { GatewayName } from '@cloudnestle/contracts/gateways';
import type { SellerConfig } from '@cloudnestle/contracts/seller';
import type { FunctionDefinition, IndexKey, SecretKey, StageSetting, TableKey } from './types.ts';

/** What a stage knows and its functions need. */
export interface StageFacts {
  tableNames: Readonly<Record<TableKey, string>>;
  indexNames: Readonly<Record<IndexKey, string>>;
  secretNames: Readonly<Record<SecretKey, string>>;
  /** Where the stage's names and addresses are written down. */
  environmentSecretName: string;
  eventBusName: string;
  /** Where the functions' metrics go: its own, or those of two stages of one account would add up. */
  metricNamespace: string;
  gateway: { authUrl: string; baseUrl: string };
  /** Opens new orders; undefined: the default one. Orders of before are asked about where they were opened. */
  standardGateway?: GatewayName | undefined;
  /** The first one is the default return page. */
  frontends: readonly Frontend[];
  solutionId: string;
  mail: { from: string; supportAddress: string; appUrl: string };
  /** Days on which banks settle nothing, besides Sundays and second and fourth Saturdays: `2026-01-26`. */
  bankHolidays: readonly string[];
  /** Factor on the subscribers' retry delays; 1 in production. */
  retryScale: number;
  /** Whose tokens the admin route takes. */
  admins: {
    /** The app clients of the user pool that admins sign in with. */
    clientIds: readonly string[];
    /** The name of their group. */
    group: string;
    /** Which of the pool's two kinds of token is sent; the live admin page sends the id token. */
    tokenUse: 'id' | 'access';
    /** Those who may see everything and change nothing. */
    lookGroup: string;
    /** Those who may change things and pay money back, besides the admins. */
    repairGroup: string;
  };
  /** The most that one run asks of the gateway in a second. */
  gatewayCallsPerSecond: number;
  /** When a day of searches begins, in minutes east of UTC: 0 as in the records that other code reads, 330 for India. */
  quotaUtcOffsetMinutes: number;
  /** Ids of the catalogue's plans that buyers may choose on this stage. */
  plansOnSale: readonly string[];
  /** How many days before its end the buyer of a pass is reminded; 0: never. */
  passReminderDays: number;
  /** What the refund sweep gives back by itself of what was paid twice; undefined: nothing. */
  refundDuplicates?: RefundDuplicates | undefined;
  /** Who sells, as invoices say it. */
  seller: SellerConfig;
}

/** How a stage gives back by itself what a buyer has paid twice. */
export interface RefundDuplicates {
  enabled: boolean;
  /** So long it is left to an operator, from the second payment on. */
  holdHours: number;
  /** The most refunds of a day in India: what is above waits for the next day, or for an operator. */
  maxPerDay: number;
}

/** A stage that says nothing leaves duplicates to its operators. */
export const DEFAULT_REFUND_DUPLICATES: RefundDuplicates = {
  enabled: false,
  holdHours: 72,
  maxPerDay: 20,
};

const tableVariables: Readonly<Record<TableKey, string>> = {
  transactions: 'TRANSACTIONS_TABLE',
  users: 'USERS_TABLE',
  entitlements: 'ENTITLEMENTS_TABLE',
  checkouts: 'CHECKOUTS_TABLE',
  notifications: 'NOTIFICATIONS_TABLE',
  refunds: 'REFUNDS_TABLE',
  invoices: 'INVOICES_TABLE',
  operations: 'OPERATIONS_TABLE',
};

const secretVariables: Readonly<Record<SecretKey, string>> = {
  gatewayCredentials: 'GATEWAY_SECRET_ID',
  tokenSecret: 'TOKEN_SECRET_ID',
};

const indexVariables: Readonly<Record<IndexKey, string>> = {
  openOrders: 'OPEN_ORDERS_INDEX',
  ordersNeedingAttention: 'ORDERS_NEEDING_ATTENTION_INDEX',
  ordersByDay: 'ORDERS_BY_DAY_INDEX',
  ordersByGatewayOrder: 'ORDERS_BY_GATEWAY_ORDER_INDEX',
  ordersByUser: 'ORDERS_BY_USER_INDEX',
  usersByEmail: 'USERS_BY_EMAIL_INDEX',
  entitlementsByToken: 'ENTITLEMENTS_BY_TOKEN_INDEX',
  refundsByOrder: 'REFUNDS_BY_ORDER_INDEX',
  openRefunds: 'OPEN_REFUNDS_INDEX',
  refundsByDay: 'REFUNDS_BY_DAY_INDEX',
  openDocuments: 'OPEN_DOCUMENTS_INDEX',
  operationsByTime: 'OPERATIONS_BY_TIME_INDEX',
  operationsByOrder: 'OPERATIONS_BY_ORDER_INDEX',
};

const settingVariables: Readonly<
  Record<StageSetting, (facts: StageFacts) => Record<string, string>>
> = {
  frontends: ({ frontends }) => ({ FRONTENDS: JSON.stringify(frontends) }),
  bankHolidays: ({ bankHolidays }) => ({ BANK_HOLIDAYS: JSON.stringify(bankHolidays) }),
  admins: ({ admins }) => ({
    ADMIN_CLIENT_IDS: JSON.stringify(admins.clientIds),
    ADMIN_GROUP: admins.group,
    ADMIN_TOKEN_USE: admins.tokenUse,
  }),
  repairers: ({ admins }) => ({
    ADMIN_CLIENT_IDS: JSON.stringify(admins.clientIds),
    REPAIR_GROUPS: JSON.stringify([...new Set([admins.group, admins.repairGroup])]),
    ADMIN_TOKEN_USE: admins.tokenUse,
  }),
  operators: ({ admins }) => ({
    ADMIN_CLIENT_IDS: JSON.stringify(admins.clientIds),
    LOOK_GROUPS: JSON.stringify([admins.lookGroup]),
    REPAIR_GROUPS: JSON.stringify([...new Set([admins.group, admins.repairGroup])]),
    ADMIN_TOKEN_USE: admins.tokenUse,
  }),
  environment: ({ environmentSecretName }) => ({ ENVIRONMENT_SECRET_ID: environmentSecretName }),
  gatewayPace: ({ gatewayCallsPerSecond }) => ({
    GATEWAY_CALLS_PER_SECOND: String(gatewayCallsPerSecond),
  }),
  quotaDay: ({ quotaUtcOffsetMinutes }) => ({
    QUOTA_UTC_OFFSET_MINUTES: String(quotaUtcOffsetMinutes),
  }),
  passReminder: ({ passReminderDays }) => ({ PASS_REMINDER_DAYS: String(passReminderDays) }),
  refundDuplicates: ({ refundDuplicates = DEFAULT_REFUND_DUPLICATES }) => ({
    REFUND_DUPLICATES: JSON.stringify(refundDuplicates),
  }),
  seller: ({ seller }) => ({ SELLER: JSON.stringify(seller) }),
  plansOnSale: ({ plansOnSale }) => ({ PLANS_ON_SALE: JSON.stringify(plansOnSale) }),
};

/** A function's environment: names and addresses only, never a secret, and only what this function uses. */
export function buildFunctionEnvironment(
  definition: FunctionDefinition,
  facts: StageFacts,
  queue?: { url: string; deadLetterUrl: string },
): Record<string, string> {
  return {
    SOLUTION_ID: facts.solutionId,
    FUNCTION_TIMEOUT_MS: String(definition.timeoutSeconds * 1000),
    POWERTOOLS_METRICS_NAMESPACE: facts.metricNamespace,
    ...Object.fromEntries(
      definition.tables.map(({ table }) => [tableVariables[table], facts.tableNames[table]]),
    ),
    ...Object.fromEntries(
      definition.tables
        .flatMap(({ queries = [] }) => queries)
        .map((index) => [indexVariables[index], facts.indexNames[index]]),
    ),
    ...Object.fromEntries(
      definition.secrets.map((secret) => [secretVariables[secret], facts.secretNames[secret]]),
    ),
    ...(definition.publishes ? { EVENT_BUS_NAME: facts.eventBusName } : {}),
    ...(definition.asksGateway ? buildGatewayEnvironment(facts) : {}),
    ...Object.fromEntries(
      definition.settings.flatMap((each) => Object.entries(settingVariables[each](facts))),
    ),
    ...(definition.sendsMail
      ? {
          MAIL_FROM: facts.mail.from,
          SUPPORT_ADDRESS: facts.mail.supportAddress,
          APP_URL: facts.mail.appUrl,
        }
      : {}),
    ...(queue
      ? {
          QUEUE_URL: queue.url,
          DEAD_LETTER_QUEUE_URL: queue.deadLetterUrl,
          RETRY_SCALE: String(facts.retryScale),
        }
      : {}),
  };
}

function buildGatewayEnvironment({ gateway, standardGateway }: StageFacts): Record<string, string> {
  return {
    GATEWAY_AUTH_URL: gateway.authUrl,
    GATEWAY_BASE_URL: gateway.baseUrl,
    ...(standardGateway === undefined ? {} : { STANDARD_GATEWAY: standardGateway }),
  };
}
