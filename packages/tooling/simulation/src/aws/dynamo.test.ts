import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { spoil } from './testing/create-quiet-aws.ts';
import { build, get, listOpen, set } from './testing/orders-table.ts';

describe('what is kept', () => {
  it('is no caller’s to change, before or after', () => {
    const { dynamo } = build();
    const parts = [{ deep: ['a'], tags: new Set(['b']) }];
    const expected = structuredClone({ Item: { id: 'one', parts } });
    set(dynamo, { parts });
    spoil(parts);
    const first = get(dynamo, { isConsistent: true });
    expect(first).toMatchObject(expected);
    spoil(first);
    expect(get(dynamo, { isConsistent: true })).toMatchObject(expected);
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

  it('can be forgotten, in indexes too, without a word to the listener', () => {
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

  it('shows the item where the call asks for it, in DynamoDB’s own notation', () => {
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
