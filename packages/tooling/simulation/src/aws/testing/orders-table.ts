import { type Change, createDynamo, type DynamoModel } from '../dynamo.ts';

const orders = {
  name: 'orders',
  partitionKey: 'id',
  indexes: [{ name: 'Open', partitionKey: 'openShard', sortKey: 'dueAt' }],
};

/** A table whose readers may be a second behind. `back` says how many versions behind they are. */
export function build(options: { lagMs?: number } = {}) {
  const state = { now: 1_000_000, back: 0, choices: [] as [string, number][] };
  const changes: Change[] = [];
  const dynamo = createDynamo({
    tables: [orders],
    lagMs: options.lagMs ?? 1000,
    now: () => state.now,
    choose: (count, choice) => {
      state.choices.push([choice, count]);
      return Math.min(state.back, count - 1);
    },
    onChange: (change) => changes.push(change),
  });
  return { state, dynamo, changes };
}

export function set(dynamo: DynamoModel, values: Record<string, unknown>, id = 'one') {
  const names = Object.keys(values);
  return dynamo.execute('UpdateCommand', {
    TableName: 'orders',
    Key: { id },
    UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
  });
}

export function get(dynamo: DynamoModel, options: { isConsistent?: boolean } = {}) {
  return dynamo.execute('GetCommand', {
    TableName: 'orders',
    Key: { id: 'one' },
    ...(options.isConsistent ? { ConsistentRead: true } : {}),
  });
}

export function listOpen(dynamo: DynamoModel, more: Record<string, unknown> = {}) {
  return dynamo.execute('QueryCommand', {
    TableName: 'orders',
    IndexName: 'Open',
    KeyConditionExpression: 'openShard = :open',
    ExpressionAttributeValues: { ':open': 'yes' },
    ...more,
  });
}
