import { eventContracts } from '@cloudnestle/contracts/events/all';
import { gateways } from '@cloudnestle/contracts/gateways';
import { describe, expect, it } from 'vitest';
import { buildFunctionEnvironment, type StageFacts } from './function-environment.ts';
import {
  DEFAULT_ACCOUNT_CONCURRENCY,
  findFunction,
  functions,
  LEAST_UNRESERVED,
} from './functions.ts';
import { gatewaySecrets } from './secrets.ts';
import { defaultIndexNames } from './tables.ts';
import { topology } from './topology.ts';

const { subscriptions, routes, tables } = topology;

it('brings every kind of event to at least one subscriber', () => {
  const heard = new Set<string>(subscriptions.flatMap((each) => each.detailTypes));
  expect([...heard].sort()).toEqual(Object.keys(eventContracts).sort());
});

it('tells the four subscribers that carry a payment out', () => {
  const told = subscriptions.filter((each) => each.detailTypes.includes('PaymentCompleted'));
  expect(told.map((each) => each.subscriber)).toEqual(
    expect.arrayContaining(['entitlements', 'notifications', 'reconciliation', 'tiers']),
  );
});

it('gives every subscriber a queue and a dead-letter queue of its own', () => {
  const names = subscriptions.flatMap((each) => [each.queue, each.deadLetterQueue]);
  expect(new Set([...names, topology.deliveryDeadLetterQueue]).size).toBe(names.length + 1);
});

it.each(subscriptions)(
  '$subscriber: hides a message for at least six times the function’s time',
  (each) => {
    const { timeoutSeconds } = findFunction(each.subscriber);
    expect(each.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * timeoutSeconds);
  },
);

describe('Lambda’s executions', () => {
  const reserved = functions.flatMap(({ reservedConcurrency = 0 }) => reservedConcurrency);

  it('are set aside for everything that takes or settles a payment', () => {
    for (const name of ['webhook', 'upgrade', 'callback', 'sweep'] as const) {
      expect(findFunction(name).reservedConcurrency).toBeGreaterThan(0);
    }
  });

  it('have a ceiling for searches, which every client may send', () => {
    expect(findFunction('validateToken').reservedConcurrency).toBeGreaterThan(0);
  });

  it.each(subscriptions)('are enough for all that $subscriber’s queue may start', (each) => {
    expect(findFunction(each.subscriber).reservedConcurrency).toBeGreaterThanOrEqual(
      each.maximumConcurrency,
    );
  });

  it('leave an account of the usual size what AWS asks for, and the marketplace’s own functions some', () => {
    const sum = reserved.reduce((total, each) => total + each, 0);
    expect(sum).toBeLessThanOrEqual(DEFAULT_ACCOUNT_CONCURRENCY - LEAST_UNRESERVED - 100);
  });
});

it('lets the subscriber give up before the queue does', () => {
  expect(topology.maxReceiveCount).toBe(10);
  expect(topology.queueRetentionDays).toBeLessThan(topology.deadLetterRetentionDays);
});

it('routes only to functions that exist', () => {
  for (const route of routes) expect(findFunction(route.function).name).toBe(route.function);
});

it('takes every gateway’s webhooks in one function, and lets each function that asks gateways read all their secrets', () => {
  const paths = routes.flatMap((each) => (each.function === 'webhook' ? [each.path] : []));
  expect(paths).toEqual(Object.values(gateways).map(({ webhookPath }) => webhookPath));
  for (const { asksGateway, secrets } of functions) {
    for (const secret of gatewaySecrets) expect(secrets.includes(secret)).toBe(asksGateway);
  }
});

it('ends a scheduled run before the next one begins', () => {
  for (const schedule of topology.schedules) {
    const { timeoutSeconds } = findFunction(schedule.function);
    expect(timeoutSeconds).toBeLessThan(schedule.everyMinutes * 60);
  }
});

it('lets a function query only indexes that its table has', () => {
  for (const { tables: accesses } of functions) {
    for (const { table, queries = [] } of accesses) {
      const names = tables[table].indexes.map(({ name }) => name);
      for (const index of queries) expect(names).toContain(defaultIndexNames[index]);
    }
  }
});

it('names no table or function twice', () => {
  const names = Object.values(tables).map((table) => table.name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(functions.map((each) => each.name)).size).toBe(functions.length);
});

describe('a function’s environment', () => {
  const facts: StageFacts = {
    tableNames: {
      transactions: 't',
      users: 'u',
      entitlements: 'e',
      checkouts: 'c',
      notifications: 'n',
      refunds: 'r',
      invoices: 'i',
      operations: 'o',
    },
    indexNames: {
      openOrders: 'open',
      ordersNeedingAttention: 'attention',
      ordersByDay: 'day',
      ordersByGatewayOrder: 'gateway',
      ordersByUser: 'user',
      usersByEmail: 'email',
      entitlementsByToken: 'token',
      refundsByOrder: 'refunds-by-order',
      openRefunds: 'open-refunds',
      refundsByDay: 'refunds-by-day',
      openDocuments: 'open-documents',
      operationsByTime: 'operations-by-time',
      operationsByOrder: 'operations-by-order',
    },
    environmentSecretName: 'environment',
    secretNames: { gatewayCredentials: 'secret-name', tokenSecret: 'token-secret-name' },
    eventBusName: 'bus',
    metricNamespace: 'metrics',
    gateway: { authUrl: 'https://pay.example/token', baseUrl: 'https://pay.example' },
    frontends: [{ id: 'a', origin: 'https://a.example', returnUrl: 'https://a.example/back' }],
    solutionId: 'solution',
    mail: { from: 'a@a.example', supportAddress: 's@a.example', appUrl: 'https://a.example' },
    bankHolidays: ['2026-01-26'],
    retryScale: 1,
    admins: {
      clientIds: ['client'],
      group: 'admin',
      lookGroup: 'look',
      repairGroup: 'repair',
      tokenUse: 'id',
    },
    gatewayCallsPerSecond: 25,
    quotaUtcOffsetMinutes: 0,
    passReminderDays: 3,
    seller: { legalName: 'S', address: 'A', stateCode: '29', seriesPrefix: '' },
    plansOnSale: ['pro'],
  };

  it('names just what the function uses', () => {
    expect(buildFunctionEnvironment(findFunction('webhook'), facts)).toEqual({
      SOLUTION_ID: 'solution',
      FUNCTION_TIMEOUT_MS: '10000',
      POWERTOOLS_METRICS_NAMESPACE: 'metrics',
      ORDERS_BY_GATEWAY_ORDER_INDEX: 'gateway',
      TRANSACTIONS_TABLE: 't',
      GATEWAY_SECRET_ID: 'secret-name',
      EVENT_BUS_NAME: 'bus',
      GATEWAY_AUTH_URL: 'https://pay.example/token',
      GATEWAY_BASE_URL: 'https://pay.example',
    });
  });

  it('says which gateway opens new orders only where the stage names one, and only to those that ask gateways', () => {
    const named: StageFacts = { ...facts, standardGateway: 'phonepe' };
    expect(buildFunctionEnvironment(findFunction('upgrade'), named)).toMatchObject({
      STANDARD_GATEWAY: 'phonepe',
    });
    expect(buildFunctionEnvironment(findFunction('tiers'), named)).not.toHaveProperty(
      'STANDARD_GATEWAY',
    );
  });

  it('names the indexes that it queries, and no others', () => {
    const environment = buildFunctionEnvironment(findFunction('sweep'), facts);
    expect(environment).toMatchObject({
      OPEN_ORDERS_INDEX: 'open',
      ORDERS_NEEDING_ATTENTION_INDEX: 'attention',
      GATEWAY_CALLS_PER_SECOND: '25',
    });
    expect(environment).not.toHaveProperty('ORDERS_BY_DAY_INDEX');
  });

  it('tells the admin route whose tokens it takes', () => {
    expect(buildFunctionEnvironment(findFunction('reconcile'), facts)).toMatchObject({
      ADMIN_CLIENT_IDS: '["client"]',
      ADMIN_GROUP: 'admin',
      ADMIN_TOKEN_USE: 'id',
    });
  });

  it('tells the refund routes whose tokens they take: those of admins, and of operators who repair', () => {
    for (const name of ['refund', 'refundStatus'] as const) {
      expect(buildFunctionEnvironment(findFunction(name), facts)).toMatchObject({
        ADMIN_CLIENT_IDS: '["client"]',
        REPAIR_GROUPS: '["admin","repair"]',
        ADMIN_TOKEN_USE: 'id',
      });
    }
  });

  it('tells the books which days are no bank days', () => {
    expect(buildFunctionEnvironment(findFunction('reconciliation'), facts)).toMatchObject({
      BANK_HOLIDAYS: '["2026-01-26"]',
    });
  });

  it('gives a subscriber its own queues', () => {
    const queue = { url: 'https://q.example/1', deadLetterUrl: 'https://q.example/2' };
    expect(buildFunctionEnvironment(findFunction('tiers'), facts, queue)).toMatchObject({
      QUEUE_URL: queue.url,
      DEAD_LETTER_QUEUE_URL: queue.deadLetterUrl,
      RETRY_SCALE: '1',
    });
  });
});
