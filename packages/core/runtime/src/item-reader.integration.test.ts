import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { createDynamoClient } from './clients/dynamo.ts';
import { RetryLaterError } from './errors.ts';
import { createItemReader, readAhead } from './item-reader.ts';
import type { ItemKey, ReadItem } from './read-item.ts';

let cloud: TestCloud;
let dynamo: DynamoDBDocumentClient;
let read: ReadItem;
let calls: string[];

beforeAll(async () => {
  cloud = await startTestCloud();
  await Promise.all(
    ids.map((userId) => cloud.put('users', { userId, email: `${userId}@example.com` })),
  );
  await cloud.put('transactions', { transactionId: 'txn_1', status: 'PENDING' });
});
beforeEach(() => {
  calls = [];
  cloud.cloud.intercept(({ operation }) => {
    calls.push(operation);
    return undefined;
  });
  dynamo = createDynamoClient();
  read = createItemReader(dynamo);
});
afterAll(() => cloud.stop());

const ids = Array.from({ length: 10 }, (_, index) => `u-${index}`);
const user = (userId: string): ItemKey => ({
  table: cloud.topology.tables.users.name,
  key: { userId },
});
const order = (transactionId: string): ItemKey => ({
  table: cloud.topology.tables.transactions.name,
  key: { transactionId },
});

it('reads what ten records want at one moment in one call, of two tables, each its own', async () => {
  const places = [...ids.map(user), order('txn_1'), user('absent'), user('u-3')];
  const items = await Promise.all(places.map(read));
  expect(items.map((item) => item?.userId ?? item?.transactionId)).toEqual([
    ...ids,
    'txn_1',
    undefined,
    'u-3',
  ]);
  expect(calls).toEqual(['BatchGetItem']);
});

it('reads a single item by the simple call, and anew each time', async () => {
  await read(user('u-1'));
  await cloud.put('users', { userId: 'u-1', email: 'new@example.com' });
  expect(await read(user('u-1'))).toMatchObject({ email: 'new@example.com' });
  expect(calls.filter((operation) => operation === 'GetItem')).toHaveLength(2);
});

it('fails only the record whose key DynamoDB refuses', async () => {
  const outcomes = await Promise.allSettled([read(user('u-1')), read(user('')), read(user('u-2'))]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails every record that wanted an item of a call that failed, and works again after it', async () => {
  cloud.cloud.intercept(({ operation }) =>
    operation === 'BatchGetItem'
      ? { when: 'before', status: 500, errorType: 'InternalServerError' }
      : undefined,
  );
  const failed = await Promise.allSettled([read(user('u-1')), read(user('u-2'))]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  cloud.cloud.intercept(undefined);
  expect(await Promise.all([read(user('u-1')), read(user('u-2'))])).toHaveLength(2);
});

it('asks again for what was left out of an answer, and fails only who wanted what never came', async () => {
  const asked = handOutTwoAtATime(dynamo);
  const outcomes = await Promise.allSettled(
    ['u-1', 'u-2', 'u-3', 'u-4'].map((each) => read(user(each))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(outcomes[2]).toMatchObject({ reason: expect.any(RetryLaterError) });
  expect(asked).toEqual([4, 2, 1, 1]);
});

it('hands out once what was read ahead, all in one call, and then reads anew', async () => {
  const ahead = readAhead(read, [user('u-5'), order('txn_1')]);
  expect(await ahead(user('u-5'))).toMatchObject({ userId: 'u-5' });
  expect(await ahead(order('txn_1'))).toMatchObject({ status: 'PENDING' });
  await cloud.put('users', { userId: 'u-5', email: 'later@example.com' });
  expect(await ahead(user('u-5'))).toMatchObject({ email: 'later@example.com' });
  expect(calls.filter((operation) => operation !== 'PutItem')).toEqual(['BatchGetItem', 'GetItem']);
});

const batchSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({ Keys: z.array(z.object({ userId: z.string() })), ConsistentRead: z.boolean() }),
  ),
});

/** As a table with too little capacity does: of each call the first two keys, and never u-3. How many each call asked for. */
function handOutTwoAtATime(client: DynamoDBDocumentClient): number[] {
  const asked: number[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const { RequestItems } = batchSchema.parse(args.input);
      const [[table = '', { Keys = [] } = {}] = []] = Object.entries(RequestItems);
      asked.push(Keys.length);
      const handed = Keys.filter(({ userId }) => userId !== 'u-3').slice(0, 2);
      const left = Keys.filter((key) => !handed.includes(key));
      const request = { [table]: { Keys: handed.length > 0 ? handed : [{ userId: 'absent' }] } };
      const answered = await next({ ...args, input: { RequestItems: request } });
      const UnprocessedKeys = left.length > 0 ? { [table]: { Keys: left } } : {};
      return { ...answered, output: { ...answered.output, UnprocessedKeys } };
    },
    { step: 'initialize' },
  );
  return asked;
}
