import type { Environment } from '@cloudnestle/runtime/config';
import type { HttpHandler } from '@cloudnestle/runtime/http/handler';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { FunctionName, SubscriberName } from '@cloudnestle/topology/types';
import { handlerBuilders } from './handlers.ts';

/** The functions of a run, composed: queue subscribers and HTTP functions. */
export type Handlers = Readonly<
  Record<SubscriberName, QueueHandler> & Record<Exclude<FunctionName, SubscriberName>, HttpHandler>
>;

/** Composes every function from its environment, as a cold start would. */
export function buildHandlers(
  environmentOf: (name: FunctionName) => Environment,
  platformOf: (name: FunctionName) => Platform,
): Handlers {
  const inputs = (name: FunctionName) => [environmentOf(name), platformOf(name)] as const;
  return {
    upgrade: handlerBuilders.upgrade(...inputs('upgrade')),
    paymentStatus: handlerBuilders.paymentStatus(...inputs('paymentStatus')),
    webhook: handlerBuilders.webhook(...inputs('webhook')),
    tiers: handlerBuilders.tiers(...inputs('tiers')),
    entitlements: handlerBuilders.entitlements(...inputs('entitlements')),
    notifications: handlerBuilders.notifications(...inputs('notifications')),
    reconciliation: handlerBuilders.reconciliation(...inputs('reconciliation')),
  };
}

/** The HTTP function behind a route. Throws where the topology routes to a queue's subscriber. */
export function findHttpHandler(handlers: Handlers, name: FunctionName): HttpHandler {
  switch (name) {
    case 'tiers':
    case 'entitlements':
    case 'notifications':
    case 'reconciliation':
      throw new Error(`a route leads to ${name}, which reads a queue`);
    default:
      return handlers[name];
  }
}
