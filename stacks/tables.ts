import { defaultIndexNames, tables as definitions } from '@cloudnestle/topology/tables';
import type { IndexKey, TableKey } from '@cloudnestle/topology/types';
import type { Stage } from './config/read-stage.ts';

export type Tables = Readonly<Record<TableKey, sst.aws.Dynamo>>;

/** The tables, each created with its indexes or, where the stage names an existing one, used as it is. */
export function createTables(stage: Stage): Tables {
  return {
    transactions: createOrFind(stage, 'transactions', 'Transactions'),
    users: createOrFind(stage, 'users', 'Users'),
    entitlements: createOrFind(stage, 'entitlements', 'Entitlements'),
    checkouts: createOrFind(stage, 'checkouts', 'Checkouts'),
    notifications: createOrFind(stage, 'notifications', 'Notifications'),
    refunds: createOrFind(stage, 'refunds', 'Refunds'),
    invoices: createOrFind(stage, 'invoices', 'Invoices'),
    operations: createOrFind(stage, 'operations', 'Operations'),
  };
}

function createOrFind({ config, names, isProduction }: Stage, key: TableKey, logicalName: string) {
  const existing = config.existingTables[key];
  if (existing !== undefined) return sst.aws.Dynamo.get(logicalName, existing);
  const { partitionKey, sortKey, indexes, ttl } = definitions[key];
  const keys = [{ partitionKey, sortKey }, ...indexes].flatMap((each) => [
    each.partitionKey,
    ...(each.sortKey === undefined ? [] : [each.sortKey]),
  ]);
  return new sst.aws.Dynamo(logicalName, {
    fields: Object.fromEntries(keys.map((each) => [each, 'string'] as const)),
    primaryIndex: toKeys({ partitionKey, sortKey }),
    globalIndexes: Object.fromEntries(indexes.map((index) => [index.name, toKeys(index)])),
    ...(ttl === undefined ? {} : { ttl }),
    deletionProtection: isProduction,
    transform: {
      table: {
        name: names.tables[key],
        // Every moment of the last 35 days can be had back; it costs by the size of the table.
        pointInTimeRecovery: { enabled: isProduction },
      },
    },
  });
}

function toKeys({ partitionKey, sortKey }: { partitionKey: string; sortKey?: string }) {
  return { hashKey: partitionKey, ...(sortKey === undefined ? {} : { rangeKey: sortKey }) };
}

/** The ARN of an index as this stage calls it. */
export function indexArn(
  { config }: Stage,
  table: sst.aws.Dynamo,
  index: IndexKey,
): $util.Output<string> {
  return $interpolate`${table.arn}/index/${config.indexNames[index] ?? defaultIndexNames[index]}`;
}
