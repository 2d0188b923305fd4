import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Change, createDynamo, type DynamoModel } from './dynamo.ts';

const orders = {
  name: 'orders',
  partitionKey: 'id',
  indexes: [{ name: 'Open', partitionKey: 'openShard', sortKey: 'dueAt' }],
};

/** A table whose readers may be a second behind. `back` says how many versions behind they are. */
function build(options: { lagMs?: number } = {}) {
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

function set(dynamo: DynamoModel, values: Record<string, unknown>, id = 'one') {
  const names = Object.keys(values);
  return dynamo.execute('UpdateCommand', {
    TableName: 'orders',
    Key: { id },
    UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
  });
}

function get(dynamo: DynamoModel, options: { isConsistent?: boolean } = {}) {
  return dynamo.execute('GetCommand', {
    TableName: 'orders',
    Key: { id: 'one' },
    ...(options.isConsistent ? { ConsistentRead: true } : {}),
  });
}

function listOpen(dynamo: DynamoModel, more: Record<string, unknown> = {}) {
  return dynamo.execute('QueryCommand', {
    TableName: 'orders',
    IndexName: 'Open',
    KeyConditionExpression: 'openShard = :open',
    ExpressionAttributeValues: { ':open': 'yes' },
    ...more,
  });
}

describe('an eventually consistent read', () => {
  it('may see any version of the last moments, and a consistent one the newest alone', () => {
    const { dynamo, state } = build();
    set(dynamo, { step: 1 });
    state.now += 10;
    set(dynamo, { step: 2 });
    const seen = [0, 1, 2].map((back) => {
      state.back = back;
      return get(dynamo);
    });
    expect(seen).toMatchObject([{ Item: { step: 2 } }, { Item: { step: 1 } }, {}]);
    expect(seen[2]).not.toHaveProperty('Item');
    expect(get(dynamo, { isConsistent: true })).toMatchObject({ Item: { step: 2 } });
  });

  it('sees no version that was replaced before the lag', () => {
    const { dynamo, state } = build();
    state.back = 9;
    set(dynamo, { step: 1 });
    state.now += 5;
    set(dynamo, { step: 2 });
    state.now += 999;
    expect(get(dynamo)).toMatchObject({ Item: { step: 1 } });
    state.now += 1;
    state.choices = [];
    expect(get(dynamo)).toMatchObject({ Item: { step: 2 } });
    expect(state.choices).toEqual([]);
  });

  it('may still see what was deleted, for as long', () => {
    const { dynamo, state } = build();
    set(dynamo, { step: 1 });
    state.now += 2000;
    dynamo.execute('DeleteCommand', { TableName: 'orders', Key: { id: 'one' } });
    state.back = 1;
    expect(get(dynamo)).toMatchObject({ Item: { step: 1 } });
    expect(get(dynamo, { isConsistent: true })).not.toHaveProperty('Item');
    state.now += 1000;
    expect(get(dynamo)).not.toHaveProperty('Item');
    expect(dynamo.size).toBe(0);
  });
});

describe('an index', () => {
  it('is behind: it may lack what is new, hold what has left, and never hold an item twice', () => {
    const { dynamo, state } = build();
    set(dynamo, { openShard: 'yes', dueAt: '1' });
    state.back = 1;
    expect(listOpen(dynamo)).toMatchObject({ Items: [] });
    state.now += 1000;
    set(dynamo, { dueAt: '2' });
    expect(listOpen(dynamo)).toMatchObject({ Items: [{ dueAt: '1' }] });
    state.back = 0;
    expect(listOpen(dynamo)).toMatchObject({ Items: [{ dueAt: '2' }] });
    state.now += 1000;
    dynamo.execute('UpdateCommand', {
      TableName: 'orders',
      Key: { id: 'one' },
      UpdateExpression: 'REMOVE openShard',
    });
    state.back = 1;
    expect(listOpen(dynamo)).toMatchObject({ Items: [{ dueAt: '2' }] });
    state.now += 1000;
    expect(listOpen(dynamo)).toMatchObject({ Items: [] });
  });

  it('lists an item that went and came back within the lag', () => {
    const { dynamo, state } = build();
    for (const at of ['1', '2', '1']) {
      set(dynamo, { openShard: 'yes', dueAt: at });
      state.now += 400;
    }
    state.now += 1000;
    expect(listOpen(dynamo)).toMatchObject({ Items: [{ dueAt: '1' }], Count: 1 });
  });

  it('goes on after the page before, also where its last item has gone', () => {
    const { dynamo } = build({ lagMs: 0 });
    for (const id of ['a', 'b', 'c', 'd']) set(dynamo, { openShard: 'yes', dueAt: `at ${id}` }, id);
    const first = listOpen(dynamo, { Limit: 2 });
    expect(first).toMatchObject({
      Items: [{ id: 'a' }, { id: 'b' }],
      LastEvaluatedKey: { id: 'b', openShard: 'yes', dueAt: 'at b' },
    });
    dynamo.execute('DeleteCommand', { TableName: 'orders', Key: { id: 'b' } });
    const ExclusiveStartKey = { id: 'b', openShard: 'yes', dueAt: 'at b' };
    expect(listOpen(dynamo, { ExclusiveStartKey })).toMatchObject({
      Items: [{ id: 'c' }, { id: 'd' }],
    });
    expect(listOpen(dynamo, { ExclusiveStartKey, ScanIndexForward: false })).toMatchObject({
      Items: [{ id: 'a' }],
    });
  });

  it('ends a page before it would be larger than 1 MB', () => {
    const { dynamo } = build({ lagMs: 0 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) {
      set(dynamo, { openShard: 'yes', dueAt: id, body: 'x'.repeat(300_000) }, id);
    }
    const first = listOpen(dynamo);
    expect(first).toMatchObject({ Count: 3, LastEvaluatedKey: { id: 'c' } });
    const ExclusiveStartKey = { id: 'c', openShard: 'yes', dueAt: 'c' };
    const second = listOpen(dynamo, { ExclusiveStartKey });
    expect(second).toMatchObject({ Items: [{ id: 'd' }, { id: 'e' }] });
    expect(second).not.toHaveProperty('LastEvaluatedKey');
  });

  it('is sorted by the bytes of its keys', () => {
    const { dynamo } = build({ lagMs: 0 });
    const times = ['\ud83d\ude00', '\uffe5', 'b', 'a\u0000', 'a', '\u00e9'];
    for (const at of times) set(dynamo, { openShard: 'yes', dueAt: at }, at);
    const byBytes = times.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(listOpen(dynamo)).toMatchObject({ Items: byBytes.map((dueAt) => ({ dueAt })) });
    const from = (operator: string, at: string) =>
      listOpen(dynamo, {
        KeyConditionExpression: `openShard = :open AND dueAt ${operator} :at`,
        ExpressionAttributeValues: { ':open': 'yes', ':at': at },
      });
    expect(from('=', 'a')).toMatchObject({ Count: 1 });
    expect(from('>', 'a')).toMatchObject({ Count: 5 });
    expect(from('<=', '\uffe5')).toMatchObject({ Count: 5 });
  });
});

describe('what is kept', () => {
  it('is no caller’s to change, before or after', () => {
    const { dynamo } = build();
    const parts = [{ deep: ['a'] }];
    set(dynamo, { parts });
    parts[0]?.deep.push('changed outside');
    const first = get(dynamo, { isConsistent: true });
    expect(first).toMatchObject({ Item: { parts: [{ deep: ['a'] }] } });
    Object.assign(first as object, { Item: undefined });
    const second = get(dynamo, { isConsistent: true });
    const { Item } = second as { Item: { parts: { deep: string[] }[] } };
    Item.parts[0]?.deep.push('changed inside');
    expect(get(dynamo, { isConsistent: true })).toMatchObject({
      Item: { parts: [{ deep: ['a'] }] },
    });
  });

  it('is told of at each write, with what was before', () => {
    const { dynamo, changes } = build();
    set(dynamo, { step: 1 });
    set(dynamo, { step: 2 });
    dynamo.execute('DeleteCommand', { TableName: 'orders', Key: { id: 'one' } });
    expect(changes).toEqual([
      { table: 'orders', before: undefined, after: { id: 'one', step: 1 } },
      { table: 'orders', before: { id: 'one', step: 1 }, after: { id: 'one', step: 2 } },
      { table: 'orders', before: { id: 'one', step: 2 }, after: undefined },
    ]);
  });

  it('can be forgotten, in indexes too, without anybody being told', () => {
    const { dynamo, changes, state } = build();
    set(dynamo, { openShard: 'yes', dueAt: '1' });
    set(dynamo, { openShard: 'yes', dueAt: '2' });
    dynamo.forget('orders', { id: 'one' });
    expect(changes).toHaveLength(2);
    expect(dynamo.size).toBe(0);
    expect(listOpen(dynamo)).toMatchObject({ Items: [] });
    state.now += 5000;
    set(dynamo, { openShard: 'yes', dueAt: '3' });
    expect(listOpen(dynamo)).toMatchObject({ Items: [{ dueAt: '3' }] });
  });

  it('is at most 400 KB, counted in bytes', () => {
    const { dynamo } = build();
    const key = 'id'.length + 'one'.length + 'body'.length;
    const most = 400 * 1024 - key;
    set(dynamo, { body: 'a'.repeat(most) });
    expect(() => set(dynamo, { body: 'a'.repeat(most + 1) })).toThrow(/maximum allowed size/);
    expect(() => set(dynamo, { body: 'é'.repeat(most / 2 + 1) })).toThrow(/maximum allowed size/);
  });
});

describe('a condition that fails', () => {
  const failing = {
    TableName: 'orders',
    Item: { id: 'one' },
    ConditionExpression: 'attribute_not_exists(id)',
  };

  it('leaves the item as it is and answers the error of the SDK', () => {
    const { dynamo } = build();
    set(dynamo, { step: 1 });
    const error = catchError(() => dynamo.execute('PutCommand', failing));
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(error).toHaveProperty('Item', undefined);
    expect(get(dynamo, { isConsistent: true })).toMatchObject({ Item: { step: 1 } });
  });

  it('shows the item to who asks for it, in DynamoDB’s own notation', () => {
    const { dynamo } = build();
    set(dynamo, { step: 1, tags: new Set(['a']) });
    const asking = { ...failing, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(catchError(() => dynamo.execute('PutCommand', asking))).toMatchObject({
      Item: { id: { S: 'one' }, step: { N: '1' }, tags: { SS: ['a'] } },
    });
  });
});

describe('expressions that were parsed before', () => {
  it('are checked again where the mistake lies in the values or names', () => {
    const { dynamo } = build();
    set(dynamo, { step: 5 });
    const between = (low: number, high: number) =>
      dynamo.execute('UpdateCommand', {
        TableName: 'orders',
        Key: { id: 'one' },
        UpdateExpression: 'SET #a = :low',
        ConditionExpression: 'step BETWEEN :low AND :high',
        ExpressionAttributeNames: { '#a': 'seen' },
        ExpressionAttributeValues: { ':low': low, ':high': high },
      });
    between(1, 9);
    expect(() => between(9, 1)).toThrow(/upper bound/);
    const setTwo = (first: string, second: string) =>
      dynamo.execute('UpdateCommand', {
        TableName: 'orders',
        Key: { id: 'one' },
        UpdateExpression: 'SET #first = :one, #second = :one',
        ExpressionAttributeNames: { '#first': first, '#second': second },
        ExpressionAttributeValues: { ':one': 1 },
      });
    setTwo('left', 'right');
    expect(() => setTwo('left', 'left')).toThrow(/overlap/);
    expect(() => setTwo('left', 'id')).toThrow(/part of the key/);
    expect(() => setTwo('left', 'openShard')).toThrow(/Type mismatch/);
  });
});

it('takes numbers beyond 2^53 and fractions as DynamoDB counts them', () => {
  const { dynamo } = build();
  const add = (value: number | bigint) =>
    dynamo.execute('UpdateCommand', {
      TableName: 'orders',
      Key: { id: 'one' },
      UpdateExpression: 'ADD paisa :value',
      ExpressionAttributeValues: { ':value': value },
      ReturnValues: 'UPDATED_NEW',
    });
  expect(add(0.1)).toMatchObject({ Attributes: { paisa: 0.1 } });
  expect(add(0.2)).toMatchObject({ Attributes: { paisa: 0.3 } });
  expect(add(-0.3)).toMatchObject({ Attributes: { paisa: 0 } });
  add(Number.MAX_SAFE_INTEGER);
  expect(add(2)).toMatchObject({ Attributes: { paisa: 9_007_199_254_740_993n } });
  expect(add(-2)).toMatchObject({ Attributes: { paisa: Number.MAX_SAFE_INTEGER } });
});

it('refuses loudly what it has not, so that no simulation trusts it', () => {
  const { dynamo } = build();
  expect(() => dynamo.execute('TransactWriteCommand', {})).toThrow(/in memory has no/);
  expect(() =>
    dynamo.execute('GetCommand', { TableName: 'orders', Key: { id: 'a' }, AttributesToGet: ['a'] }),
  ).toThrow(/AttributesToGet/);
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
