import { awsFaults } from '@cloudnestle/runtime/testing/faults';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANSWER_WITHIN_MS, INDEX_LAG_MS } from './dependencies.ts';
import { createSubject, numberRecord, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

type Fault = ReturnType<NonNullable<Parameters<TestCloud['cloud']['intercept']>[0]>>;

function breakOperation(operation: string, fault: Fault): () => number {
  let met = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== operation) return undefined;
    met += 1;
    return fault;
  });
  return () => met;
}

describe.each(['Query', 'GetItem', 'UpdateItem'])('while %s', (operation) => {
  it.each(Object.entries(awsFaults))(
    '%s: no client is let in and none is told that it may not, but to try again',
    async (_how, fault) => {
      await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
      breakOperation(operation, fault);
      const { statusCode, headers, body } = await subject.search(subject.token);
      expect(statusCode).toBe(503);
      expect(headers).toHaveProperty('retry-after');
      expect(body).toMatchObject({ error: { code: 'TRY_AGAIN' } });
      expect(body).not.toHaveProperty('allowed');
    },
  );
});

it('a Pro user needs no write, so a table that takes none locks no Pro user out', async () => {
  await subject.addRecord(subject.userId, {
    ...numberRecord(subject.token, 0),
    access_tier: 'pro',
    user_email: subject.email,
  });
  breakOperation('UpdateItem', { when: 'before', status: 500, errorType: 'InternalServerError' });
  expect((await subject.search(subject.token)).statusCode).toBe(200);
});

it('an address that cannot be read keeps no buyer from searching', async () => {
  await subject.addRecord(subject.userId, {
    ...numberRecord(subject.token, 0),
    access_tier: 'pro',
  });
  cloud.cloud.intercept(({ body }) =>
    JSON.stringify(body).includes('marketplace-users')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  expect((await subject.search(subject.token)).body).toMatchObject({
    allowed: true,
    access_tier: 'pro',
    user_email: '',
  });
});

it('a client that was told to try again is not counted afterwards', async () => {
  keepTimeLimits();
  subject = createSubject(cloud);
  await subject.addRecord(subject.email, { ...numberRecord(subject.token, 0) });
  let writes = 0;
  cloud.cloud.intercept(({ operation }) => {
    if (operation === 'UpdateItem') writes += 1;
    // Slow at every step, and never so slow that a call is given up.
    return operation === 'UpdateItem' ? undefined : { hangMs: 1100 };
  });
  const answer = await subject.search(subject.token);
  if (answer.statusCode === 503) expect(writes).toBe(0);
  else expect(writes).toBe(1);
});

it('a count whose answer is lost is not sent again: a search is never counted twice', async () => {
  await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
  const met = breakOperation('UpdateItem', { when: 'after', reset: true });
  expect((await subject.search(subject.token)).statusCode).toBe(503);
  expect(met()).toBe(1);
  expect(await subject.record(subject.userId)).toMatchObject({ dailyUsage: 1 });
});

it('a storage that hangs is answered before the search app gives up', async () => {
  keepTimeLimits();
  subject = createSubject(cloud);
  await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
  breakOperation('GetItem', { hangMs: 600_000 });
  expect((await subject.search(subject.token)).statusCode).toBe(503);
  // The live search app waits five seconds.
  expect(ANSWER_WITHIN_MS).toBeLessThan(5000);
});

it('the record that a payment has just made is found though the index lags behind it', async () => {
  const waits: number[] = [];
  // It comes while the search waits for a second look.
  const sleep = async (ms: number) => {
    waits.push(ms);
    const record = { ...numberRecord(subject.token, 0), access_tier: 'pro' };
    await subject.addRecord(subject.userId, record);
  };
  subject = createSubject(cloud, {}, { sleep });
  expect((await subject.search(subject.token)).body).toMatchObject({
    allowed: true,
    access_tier: 'pro',
  });
  expect(waits).toEqual([INDEX_LAG_MS]);
});
