import type { Environment } from '@cloudnestle/runtime/config';
import type { HttpHandler } from '@cloudnestle/runtime/http/handler';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import type {
  FunctionName,
  HttpFunctionName,
  ScheduledFunctionName,
  SubscriberName,
} from '@cloudnestle/topology/types';
import { handlerBuilders } from './handlers.ts';

/** The functions of a run, composed: queue subscribers, HTTP functions and what the clock runs. */
export type Handlers = Readonly<
  Record<SubscriberName, QueueHandler> &
    Record<HttpFunctionName, HttpHandler> &
    Record<ScheduledFunctionName, ScheduleHandler>
>;

/** Composes every function from its environment, as a cold start would. */
export function buildHandlers(
  environmentOf: (name: FunctionName) => Environment,
  platformOf: (name: FunctionName) => Platform,
): Handlers {
  const inputs = (name: FunctionName) => [environmentOf(name), platformOf(name)] as const;
  return {
    upgrade: handlerBuilders.upgrade(...inputs('upgrade')),
    callback: handlerBuilders.callback(...inputs('callback')),
    paymentStatus: handlerBuilders.paymentStatus(...inputs('paymentStatus')),
    webhook: handlerBuilders.webhook(...inputs('webhook')),
    tiers: handlerBuilders.tiers(...inputs('tiers')),
    entitlements: handlerBuilders.entitlements(...inputs('entitlements')),
    notifications: handlerBuilders.notifications(...inputs('notifications')),
    reconciliation: handlerBuilders.reconciliation(...inputs('reconciliation')),
    validateToken: handlerBuilders.validateToken(...inputs('validateToken')),
    reconcile: handlerBuilders.reconcile(...inputs('reconcile')),
    sweep: handlerBuilders.sweep(...inputs('sweep')),
  };
}
