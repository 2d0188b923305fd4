import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { FunctionDefinition, SecretKey, TableKey } from './types.ts';

/** What a stage knows and its functions need. */
export interface StageFacts {
  tableNames: Readonly<Record<TableKey, string>>;
  secretNames: Readonly<Record<SecretKey, string>>;
  eventBusName: string;
  gateway: { authUrl: string; baseUrl: string };
  /** The first one is the default return page. */
  frontends: readonly Frontend[];
  solutionId: string;
  mail: { from: string; supportAddress: string; appUrl: string };
  /** Days on which banks settle nothing, besides Sundays and second and fourth Saturdays: `2026-01-26`. */
  bankHolidays: readonly string[];
  /** Factor on the subscribers' retry delays; 1 in production. */
  retryScale: number;
}

const tableVariables: Readonly<Record<TableKey, string>> = {
  transactions: 'TRANSACTIONS_TABLE',
  users: 'USERS_TABLE',
  entitlements: 'ENTITLEMENTS_TABLE',
  checkouts: 'CHECKOUTS_TABLE',
  notifications: 'NOTIFICATIONS_TABLE',
};

const secretVariables: Readonly<Record<SecretKey, string>> = {
  gatewayCredentials: 'GATEWAY_SECRET_ID',
  tokenSecret: 'TOKEN_SECRET_ID',
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
    ...Object.fromEntries(
      definition.tables.map(({ table }) => [tableVariables[table], facts.tableNames[table]]),
    ),
    ...Object.fromEntries(
      definition.secrets.map((secret) => [secretVariables[secret], facts.secretNames[secret]]),
    ),
    ...(definition.publishes ? { EVENT_BUS_NAME: facts.eventBusName } : {}),
    ...(definition.asksGateway
      ? { GATEWAY_AUTH_URL: facts.gateway.authUrl, GATEWAY_BASE_URL: facts.gateway.baseUrl }
      : {}),
    ...(definition.name === 'upgrade' ? { FRONTENDS: JSON.stringify(facts.frontends) } : {}),
    ...(definition.name === 'reconciliation'
      ? { BANK_HOLIDAYS: JSON.stringify(facts.bankHolidays) }
      : {}),
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
