import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';

/** A stage as its functions know it, so that what works on it from outside composes the very parts that run there. */
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
