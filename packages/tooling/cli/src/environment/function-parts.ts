import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { sdkClients } from '@cloudnestle/runtime/clients/factories';
import type { Platform } from '@cloudnestle/runtime/platform';
import { processWorld } from '@cloudnestle/runtime/process-world';
import { maskText } from '../output/mask.ts';
import { tell } from '../output/print.ts';

/**
 * The platform of a command: warnings go to standard error as lines for people, without addresses; what is only worth a
 * log goes nowhere, and metrics are the functions' business.
 */
export function createCommandPlatform(write: (line: string) => void = tell): Platform {
  const warn = (message: string, fields: Readonly<Record<string, unknown>>) => {
    const details = Object.entries(fields).filter(([, value]) => value !== undefined);
    const words = [message, ...details.map(([name, value]) => `${name} ${value}`)];
    write(maskText(words.join('  ')));
  };
  return {
    ...processWorld,
    ...sdkClients,
    log: { info: () => undefined, warn, error: warn },
    metrics: { count: () => undefined, time: () => undefined },
  };
}

/** A stage as its functions know it, so that the command composes the very parts that run there. */
export function toVariables(
  stage: EnvironmentSecret,
  options: { callsPerSecond: number },
): Record<string, string> {
  return {
    TRANSACTIONS_TABLE: stage.tables.transactions,
    OPEN_ORDERS_INDEX: stage.indexes.openOrders,
    ORDERS_NEEDING_ATTENTION_INDEX: stage.indexes.ordersNeedingAttention,
    ORDERS_BY_DAY_INDEX: stage.indexes.ordersByDay,
    REFUNDS_TABLE: stage.tables.refunds,
    REFUNDS_BY_ORDER_INDEX: stage.indexes.refundsByOrder,
    REFUNDS_BY_DAY_INDEX: stage.indexes.refundsByDay,
    USERS_TABLE: stage.tables.users,
    ENTITLEMENTS_TABLE: stage.tables.entitlements,
    EVENT_BUS_NAME: stage.eventBusName,
    GATEWAY_SECRET_ID: stage.secrets.gatewayCredentials,
    GATEWAY_AUTH_URL: stage.gateway.authUrl,
    GATEWAY_BASE_URL: stage.gateway.baseUrl,
    GATEWAY_CALLS_PER_SECOND: String(options.callsPerSecond),
    SOLUTION_ID: stage.solutionId,
    PASS_REMINDER_DAYS: String(stage.passReminderDays),
  };
}
