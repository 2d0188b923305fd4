import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { awsFaults } from '@cloudnestle/test-kit/faults';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
    '%s: nobody is let in and nobody is told that they may not, but to try again',
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

it('an address that cannot be read keeps nobody from searching', async () => {
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

it('whoever was told to try again is not counted afterwards', async () => {
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
  await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
  breakOperation('GetItem', { hangMs: 20_000 });
  const startedAt = performance.now();
  expect((await subject.search(subject.token)).statusCode).toBe(503);
  // The live search app waits five seconds.
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

it('the record that a payment has just made is found though the index lags behind it', async () => {
  let queries = 0;
  cloud.cloud.intercept(({ operation }) => {
    if (operation === 'Query') queries += 1;
    return undefined;
  });
  const asked = subject.search(subject.token);
  while (queries === 0) await new Promise((resolve) => setImmediate(resolve));
  await subject.addRecord(subject.userId, {
    ...numberRecord(subject.token, 0),
    access_tier: 'pro',
  });
  expect((await asked).body).toMatchObject({ allowed: true, access_tier: 'pro' });
});
