import { describe, expect, it } from 'vitest';
import { build, get, listOpen, set } from './testing/orders-table.ts';

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
