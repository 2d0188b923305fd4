import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDynamoClient } from './clients/dynamo.ts';
import { RetryLaterError } from './errors.ts';
import { mergeItem } from './merge-item.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => cloud.cloud.intercept(undefined));
afterAll(() => cloud.stop());

const key = { userId: 'u-1' };
const deps = () => ({
  dynamo: createDynamoClient(),
  table: cloud.topology.tables.users.name,
});
const raiseTo = (value: number) =>
  mergeItem(deps(), key, (current) => {
    const now = typeof current.score === 'number' ? current.score : 0;
    return now >= value ? undefined : { set: { score: value }, basedOn: ['score'] };
  });

it('leaves a missing item missing', async () => {
  expect(
    await mergeItem(deps(), { userId: 'unknown' }, () => ({ set: { a: 1 }, basedOn: [] })),
  ).toEqual({ kind: 'missing' });
  expect(await cloud.get('users', { userId: 'unknown' })).toBeUndefined();
});

it('ends with the greatest of thirty concurrent writes, whatever their order', async () => {
  await cloud.put('users', { ...key, email: 'a@example.com' });
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) => raiseTo(((index * 7) % 30) + 1)),
  );
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.every((each) => each.reason instanceof RetryLaterError)).toBe(true);
  await raiseTo(30);
  expect((await cloud.get('users', key))?.score).toBe(30);
});

it('takes its own write for done when the answer was lost', async () => {
  await cloud.put('users', { ...key, email: 'a@example.com' });
  let lost = false;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem' || lost) return undefined;
    lost = true;
    return { when: 'after', reset: true };
  });
  const result = await raiseTo(5);
  expect(result.kind).toBe('updated');
  expect(lost).toBe(true);
  expect((await cloud.get('users', key))?.score).toBe(5);
});

it('writes inside a map and does not touch its other entries', async () => {
  await cloud.put('users', { ...key, email: 'a@example.com', history: { first: 1 } });
  await mergeItem(deps(), key, () => ({ set: { 'history.second': 2 }, basedOn: ['history'] }));
  expect((await cloud.get('users', key))?.history).toEqual({ first: 1, second: 2 });
});

it('removes what the merge takes back', async () => {
  await cloud.put('users', { ...key, email: 'a@example.com', open: 'OPEN#0' });
  await mergeItem(deps(), key, () => ({
    set: { closed: true },
    remove: ['open'],
    basedOn: ['open'],
  }));
  expect(await cloud.get('users', key)).toEqual({ ...key, email: 'a@example.com', closed: true });
});

it('keeps entries apart whose keys differ in a dot only', async () => {
  await cloud.put('users', { ...key, email: 'a@example.com', refunds: { r_1: 1 } });
  await mergeItem(deps(), key, () => ({
    set: { 'refunds.r.1': 2 },
    basedOn: ['refunds', 'refunds.r.1'],
  }));
  expect((await cloud.get('users', key))?.refunds).toEqual({ r_1: 1, 'r.1': 2 });
});
