import type { FunctionDefinition, FunctionName } from './types.ts';

const subscriberDefaults = {
  timeoutSeconds: 15,
  memoryMb: 256,
  publishes: false,
  sendsMail: false,
  asksGateway: false,
};
const httpDefaults = { timeoutSeconds: 10, memoryMb: 512, sendsMail: false };

/** Every function, with what it may touch: the local run and the deployed permissions both come from here. */
export const functions: readonly FunctionDefinition[] = [
  {
    ...httpDefaults,
    name: 'upgrade',
    handler: 'services/checkout/src/upgrade/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'checkouts', actions: ['GetItem', 'UpdateItem'] },
    ],
    secrets: ['gatewayCredentials'],
    publishes: true,
    asksGateway: true,
  },
  {
    ...httpDefaults,
    name: 'paymentStatus',
    handler: 'services/checkout/src/status/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'entitlements', actions: ['GetItem'] },
    ],
    secrets: [],
    publishes: false,
    asksGateway: false,
  },
  {
    ...httpDefaults,
    name: 'webhook',
    handler: 'services/webhook/src/handler.handler',
    tables: [{ table: 'transactions', actions: ['GetItem'] }],
    secrets: ['gatewayCredentials'],
    publishes: true,
    asksGateway: true,
  },
  {
    ...subscriberDefaults,
    name: 'tiers',
    handler: 'services/tiers/src/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem'] },
      { table: 'users', actions: ['GetItem', 'UpdateItem'] },
    ],
    secrets: [],
  },
  {
    ...subscriberDefaults,
    name: 'entitlements',
    handler: 'services/entitlements/src/subscriber/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem'] },
      { table: 'users', actions: ['GetItem'] },
      { table: 'entitlements', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    ],
    secrets: ['tokenSecret'],
  },
  {
    ...subscriberDefaults,
    name: 'notifications',
    handler: 'services/notifications/src/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem'] },
      { table: 'notifications', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    ],
    secrets: [],
    sendsMail: true,
  },
  {
    ...subscriberDefaults,
    name: 'reconciliation',
    handler: 'services/reconciliation/src/subscriber/handler.handler',
    tables: [
      { table: 'transactions', actions: ['GetItem', 'UpdateItem'] },
      { table: 'checkouts', actions: ['GetItem', 'UpdateItem'] },
    ],
    secrets: [],
  },
];

export function findFunction(name: FunctionName): FunctionDefinition {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`no function is named ${name}`);
  return found;
}
