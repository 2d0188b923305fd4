import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { afterAll, afterEach, expect } from 'vitest';
import { claimsOf, operateTest as it } from '../testing/subject.ts';

afterAll(restoreClock);
const look = claimsOf('look');
const why = { reason: 'case 4711' };

it('calls a cursor of another list a bad request: nothing is busy, and no alarm is to be rung', async ({
  subject,
}) => {
  const position = { pk: 'job#x', sk: 'JOB', at: '2026-01-01T00:00:00.000Z' };
  for (const forged of [{}, { a: 'b' }, { pk: '', sk: '' }, { ...position, timeKey: 'LOOK' }]) {
    const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
    for (const key of ['jobs', 'actions', 'keptLetters'] as const) {
      const query = { cursor, ...(key === 'keptLetters' ? { queue: 'tiers' } : {}) };
      const answer = await subject.call(key, { query, claims: look });
      expect(answer, `${key} ${JSON.stringify(forged)}`).toMatchObject({
        statusCode: 400,
        body: { error: { fields: [{ field: 'cursor' }] } },
      });
    }
  }
});

it('keeps what is no order id out of the action log and the log lines: an address may have been pasted', async ({
  subject,
}) => {
  for (const transactionId of ['buyer@example.com', '\u0000', ' ', 'txn_a\nb']) {
    const params = { transactionId };
    const refund = { refundReason: 'OTHER', idempotencyKey: 'dialog-0001', ...why };
    for (const answer of [
      await subject.call('payment', { params, claims: look }),
      await subject.call('endAccess', { params, body: why }),
      await subject.call('requestRefund', { params, body: refund }),
      await subject.call('reveal', { params, body: { fields: ['vpa'], ...why } }),
    ]) {
      expect(answer).toMatchObject({
        statusCode: 404,
        body: { error: { code: 'ORDER_NOT_FOUND' } },
      });
    }
    const { body } = await subject.call('actions', { query: params });
    expect(Object(body).actions).toEqual([]);
  }
  expect(JSON.stringify(subject.platform.lines)).not.toContain('transactionId');
});

it('says that a change is made once it is made, also where the action log cannot be ended', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder();
  const params = { transactionId: order.row.transactionId };
  cloud.cloud.intercept(({ operation, body }) =>
    operation === 'UpdateItem' && JSON.stringify(body).includes('action#')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const ended = await subject.call('endAccess', { params, body: why });
  cloud.cloud.intercept(undefined);
  expect(ended).toMatchObject({ statusCode: 200, body: { isOurs: true } });
  const { body: log } = await subject.call('actions', { query: params });
  expect(Object(log).actions).toMatchObject([{ what: 'access end', outcome: 'BEGUN' }]);
});

it('leaves a queue free where a job could not be started, and its own where the worker has it after all', async ({
  cloud,
  subject,
}) => {
  const replay = { body: { queue: 'tiers', ...why } };
  const deny = { when: 'before', status: 400, errorType: 'AccessDeniedException' } as const;
  cloud.cloud.intercept(({ operation, body }) =>
    operation === 'PutItem' && JSON.stringify(body).includes('action#') ? deny : undefined,
  );
  expect((await subject.call('replay', replay)).statusCode).toBe(503);
  cloud.cloud.intercept(undefined);
  expect((await subject.call('replay', replay)).statusCode).toBe(202);
  await subject.work();
  // SQS takes the message and its answer is lost: by the time that no more is tried the worker has done the job.
  await subject.putLetters('tiers', ['{}']);
  let tries = 0;
  cloud.cloud.intercept(async ({ operation, body }) => {
    if (operation !== 'SendMessage' || !JSON.stringify(body).includes('jobId')) return undefined;
    tries += 1;
    if (tries === 1) return { when: 'after', reset: true };
    await subject.work();
    return deny;
  });
  advanceClock(1000);
  const forced = { body: { queue: 'tiers', force: true, ...why } };
  expect((await subject.call('replay', forced)).statusCode).toBe(503);
  cloud.cloud.intercept(undefined);
  const { body: jobs } = await subject.call('jobs');
  expect(Object(jobs).jobs[0]).toMatchObject({ state: 'DONE', counts: { moved: 1 } });
  const { body: log } = await subject.call('actions');
  expect(Object(log).actions[0]).toMatchObject({ outcome: 'DONE', counts: { moved: 1 } });
});

it('lists the jobs that it knows beside one of a later version, and takes no letters of the future', async ({
  cloud,
  subject,
}) => {
  const body = { queue: 'tiers', cutOff: '2999-01-01T00:00:00.000Z', ...why };
  const job = await subject.runJob('replay', { body });
  expect(Date.parse(Object(job.target).cutOff)).toBeLessThanOrEqual(Date.now());
  const row = await cloud.get('operations', { pk: `job#${job.jobId}`, sk: 'JOB' });
  for (const later of [{ kind: 'refundAll' }, { task: { kind: 'refundAll' } }]) {
    const jobId = `later-${Object.keys(later)[0]}`;
    await cloud.put('operations', { ...row, jobId, pk: `job#${jobId}`, ...later });
  }
  const { statusCode, body: listed } = await subject.call('jobs', { claims: look });
  expect(statusCode).toBe(200);
  expect(Object(listed).jobs[0]).toMatchObject({ jobId: job.jobId, state: 'DONE' });
});

afterEach<{ cloud: { cloud: { intercept(by: undefined): void } } }>(({ cloud }) =>
  cloud.cloud.intercept(undefined),
);
