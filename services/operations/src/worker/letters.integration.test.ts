import { randomBytes } from 'node:crypto';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeEach, describe, expect } from 'vitest';
import { anna, ben, operateTest as it, jobIn, type Subject } from '../testing/subject.ts';

afterAll(restoreClock);

const body = JSON.stringify(wrapInEnvelope(sampleCompleted()));
/** Letters that tell each other apart, as a subscriber takes them. */
const lettersOf = (count: number, prefix = 'n') =>
  Array.from({ length: count }, (_, index) => body.replace('"test"', `"${prefix}${index}"`));
const why = { reason: 'the table is back' };

beforeEach<{ subject: Subject }>(async ({ subject }) => {
  for (const name of ['tiers', 'operations']) {
    const { url, deadLetterUrl } = subject.queueOf(name);
    advanceClock(120_000);
    await subject.takeAll(url);
    await subject.takeAll(deadLetterUrl);
  }
});

describe('a replay', () => {
  it('moves what its preview said, and says which letters failed again', async ({ subject }) => {
    const { url, deadLetterUrl } = subject.queueOf('tiers');
    await subject.putLetters('tiers', lettersOf(12));
    await subject.putLetters('tiers', ['no JSON'], 'cannot be read');
    await subject.putLetters('tiers', lettersOf(3, 'other'), 'no user row');
    const filter = { reason: 'throttled' };
    const { body: seen } = await subject.call('replay', {
      body: { queue: 'tiers', filter, dryRun: true },
    });
    expect(seen.preview).toMatchObject({
      counts: { chosen: 12, notMeant: 4, cannotSucceed: 0 },
      reasons: [{ reason: 'users table throttled', count: 12 }],
      isCut: false,
    });
    // What comes after the preview is not meant.
    advanceClock(1000);
    await subject.putLetters('tiers', lettersOf(2, 'later'));
    const { cutOff } = Object(seen.preview);
    const started = await subject.call('replay', {
      body: { queue: 'tiers', filter, cutOff, ...why },
    });
    expect(started).toMatchObject({ statusCode: 202, body: { job: { state: 'WAITING' } } });
    const job = jobIn(started);
    await subject.work();
    const done = jobIn(await subject.call('job', { params: { jobId: String(job.jobId) } }));
    expect(done).toMatchObject({
      state: 'DONE',
      by: 'anna@operators.example',
      counts: { moved: 12, cameMeanwhile: 2, hidden: 0 },
      watched: { failedAgain: [], stillAtWork: 12 },
    });
    expect(await subject.takeAll(url)).toHaveLength(12);
    expect(await subject.takeAll(deadLetterUrl)).toHaveLength(6);
    const { body: log } = await subject.call('actions');
    expect(Object(log).actions[0]).toMatchObject({
      what: 'dlq replay',
      by: 'anna@operators.example',
      why: 'the table is back',
      outcome: 'DONE',
      queue: 'tiers',
      jobId: job.jobId,
      counts: { moved: 12 },
    });
  });

  it('that is killed again and again loses no letter and counts every one of them', async ({
    cloud,
    subject,
  }) => {
    const letters = lettersOf(120);
    const { url, deadLetterUrl } = subject.queueOf('tiers');
    await subject.putLetters('tiers', letters);
    const started = await subject.call('replay', { body: { queue: 'tiers', ...why } });
    const params = { jobId: String(jobIn(started).jobId) };
    for (const at of [9, 21, 33]) {
      let calls = 0;
      cloud.cloud.intercept((each) => {
        if (
          each.operation === 'ReceiveMessage' &&
          JSON.stringify(each.body).includes('-operations')
        )
          return undefined;
        calls += 1;
        if (calls < at) return undefined;
        return { when: calls === at ? 'after' : 'before', reset: true };
      });
      await subject.work();
      cloud.cloud.intercept(undefined);
      expect(jobIn(await subject.call('job', { params })).state, `killed at ${at}`).toBe('RUNNING');
      // Its lease, its message and its letters come free.
      advanceClock(2_000_000);
    }
    await subject.work();
    const done = jobIn(await subject.call('job', { params }));
    expect(done).toMatchObject({ state: 'DONE', counts: { moved: 120, hidden: 0 } });
    const moved = await subject.takeAll(url);
    expect([...new Set(moved)].toSorted()).toEqual(letters.toSorted());
    expect(await subject.takeAll(deadLetterUrl)).toEqual([]);
  });

  it('that is cancelled half way leaves every letter in one of the two queues, and says how many it moved', async ({
    cloud,
    subject,
  }) => {
    const letters = lettersOf(150);
    const { url, deadLetterUrl } = subject.queueOf('tiers');
    await subject.putLetters('tiers', letters);
    const started = await subject.call('replay', { body: { queue: 'tiers', rate: 20, ...why } });
    const params = { jobId: String(jobIn(started).jobId) };
    let isCancelled = false;
    cloud.cloud.intercept(async ({ operation }) => {
      if (isCancelled || operation !== 'DeleteMessageBatch') return undefined;
      isCancelled = true;
      await subject.call('cancelJob', { params });
      return undefined;
    });
    await subject.work();
    cloud.cloud.intercept(undefined);
    const done = jobIn(await subject.call('job', { params }));
    expect(done.state).toBe('CANCELLED');
    const [moved, left] = [await subject.takeAll(url), await subject.takeAll(deadLetterUrl)];
    expect([...moved, ...left].toSorted()).toEqual(letters.toSorted());
    expect(left.length).toBeGreaterThan(0);
    expect(Object(done.counts).moved).toBe(moved.length);
  });

  it('that comes near its time stops at a safe point and goes on in another run', async ({
    subject,
  }) => {
    const letters = lettersOf(60);
    const { url } = subject.queueOf('tiers');
    await subject.putLetters('tiers', letters);
    const started = await subject.call('replay', { body: { queue: 'tiers', rate: 20, ...why } });
    const params = { jobId: String(jobIn(started).jobId) };
    await subject.work({ timeoutMs: 1 });
    expect(jobIn(await subject.call('job', { params })).state).toBe('RUNNING');
    // Its queue stays its own meanwhile.
    const second = await subject.call('discard', { body: { queue: 'tiers', ...why }, claims: ben });
    expect(second.statusCode).toBe(409);
    await subject.work();
    const done = jobIn(await subject.call('job', { params }));
    expect(done).toMatchObject({ state: 'DONE', counts: { moved: 60 } });
    expect((await subject.takeAll(url)).toSorted()).toEqual(letters.toSorted());
  });
});

it('lets one operator at a time go through a queue, and tells the second who does', async ({
  subject,
}) => {
  await subject.putLetters('tiers', lettersOf(3));
  const first = await subject.call('replay', { body: { queue: 'tiers', ...why }, claims: anna });
  for (const again of [{ dryRun: true }, why]) {
    const second = await subject.call('replay', {
      body: { queue: 'tiers', ...again },
      claims: ben,
    });
    expect(second).toMatchObject({
      statusCode: 409,
      body: {
        error: {
          code: 'QUEUE_BUSY',
          message: expect.stringContaining('anna@operators.example goes through'),
        },
      },
    });
  }
  const { body: look } = await subject.call('startLook', { body: {}, claims: ben });
  const { body: queues } = await subject.call('queues', { claims: ben });
  expect(Object(queues).queues).toContainEqual(
    expect.objectContaining({
      name: 'tiers',
      walker: { by: 'anna@operators.example', since: expect.any(String) },
    }),
  );
  await subject.work();
  expect(
    jobIn(await subject.call('job', { params: { jobId: String(jobIn(first).jobId) } })),
  ).toMatchObject({
    state: 'DONE',
  });
  // The walk is over: the queue is free, and the look that came meanwhile said what it did not see or saw it.
  const { body: seen } = await subject.call('look', {
    params: { lookId: String(Object(look.look).lookId) },
    claims: ben,
  });
  expect(Object(seen.look).state).toBe('DONE');
  const third = await subject.call('replay', {
    body: { queue: 'tiers', dryRun: true },
    claims: ben,
  });
  expect(third.statusCode).toBe(200);
});

it('keeps discarded letters, and brings them back with all that stood on them', async ({
  subject,
}) => {
  const letters = lettersOf(30);
  const { deadLetterUrl } = subject.queueOf('tiers');
  await subject.putLetters('tiers', letters);
  await subject.putLetters('tiers', lettersOf(2, 'stays'), 'no user row');
  const discard = await subject.runJob('discard', {
    body: { queue: 'tiers', filter: { reason: 'throttled' }, ...why },
  });
  expect(discard).toMatchObject({
    state: 'DONE',
    counts: { discarded: 30, notDeleted: 0, tooLarge: 0 },
  });
  const kept = await subject.call('keptLetters', { query: { queue: 'tiers' } });
  expect(Object(kept.body).letters[0]).toMatchObject({
    queue: 'tiers',
    jobId: discard.jobId,
    discardedBy: 'anna@operators.example',
    failure: { reason: 'users table throttled' },
  });
  expect(JSON.stringify(kept.body)).not.toContain('test@example.com');

  const restore = await subject.runJob('restore', {
    body: { queue: 'tiers', jobId: discard.jobId, ...why },
  });
  expect(restore).toMatchObject({ state: 'DONE', counts: { restored: 30, notSent: 0 } });
  const again = await subject.call('replay', {
    body: { queue: 'tiers', filter: { reason: '^users table throttled$' }, dryRun: true },
  });
  expect(Object(again.body).preview.counts.chosen).toBe(30);
  advanceClock(120_000);
  const back = await subject.takeAll(deadLetterUrl);
  expect(back).toHaveLength(32);
  expect(back).toEqual(expect.arrayContaining(letters));
  const none = await subject.call('keptLetters', { query: { queue: 'tiers' } });
  expect(Object(none.body).letters).toEqual([]);
});

it('loses no letter of a discard that is killed', async ({ cloud, subject }) => {
  const letters = lettersOf(60);
  const { deadLetterUrl } = subject.queueOf('tiers');
  await subject.putLetters('tiers', letters);
  const started = await subject.call('discard', { body: { queue: 'tiers', ...why } });
  const jobId = String(jobIn(started).jobId);
  for (const at of [14, 40]) {
    let calls = 0;
    cloud.cloud.intercept(() => {
      calls += 1;
      return calls < at ? undefined : { when: calls === at ? 'after' : 'before', reset: true };
    });
    await subject.work();
    cloud.cloud.intercept(undefined);
    advanceClock(2_000_000);
  }
  await subject.work();
  const done = jobIn(await subject.call('job', { params: { jobId } }));
  expect(done).toMatchObject({ state: 'DONE', counts: { discarded: 60 } });
  expect(await subject.takeAll(deadLetterUrl)).toEqual([]);
  const restore = await subject.runJob('restore', { body: { queue: 'tiers', jobId, ...why } });
  expect(restore).toMatchObject({ counts: { restored: 60 } });
  expect((await subject.takeAll(deadLetterUrl)).toSorted()).toEqual(letters.toSorted());
});

it('discards as many letters as were meant, also where a killed run had kept one and not deleted it', async ({
  cloud,
  subject,
}) => {
  const { deadLetterUrl } = subject.queueOf('tiers');
  await subject.putLetters('tiers', lettersOf(5));
  const started = await subject.call('discard', { body: { queue: 'tiers', max: 2, ...why } });
  const params = { jobId: String(jobIn(started).jobId) };
  let isDead = false;
  cloud.cloud.intercept(({ operation }) => {
    isDead ||= operation === 'DeleteMessageBatch';
    return isDead ? { when: 'before', reset: true } : undefined;
  });
  await subject.work();
  cloud.cloud.intercept(undefined);
  advanceClock(2_000_000);
  await subject.work();
  const done = jobIn(await subject.call('job', { params }));
  expect(done).toMatchObject({ state: 'DONE', counts: { discarded: 2 } });
  expect(await subject.takeAll(deadLetterUrl)).toHaveLength(3);
  const { body: kept } = await subject.call('keptLetters', { query: { queue: 'tiers' } });
  expect(Object(kept).letters).toHaveLength(2);
  await subject.runJob('restore', { body: { queue: 'tiers', jobId: params.jobId, ...why } });
});

it('looks at letters of any size and content', async ({ subject }) => {
  const big = Array.from({ length: 4 }, () => randomBytes(150_000).toString('base64'));
  await subject.putLetters('tiers', [...big, ...lettersOf(1)]);
  await subject.putLetters('tiers', ['{}'], 'forged', { attempts: '9'.repeat(400) });
  const { body: started } = await subject.call('startLook', { body: { queue: 'tiers' } });
  const params = { lookId: String(Object(started.look).lookId) };
  await subject.work();
  const { statusCode, body } = await subject.call('look', { params });
  expect([statusCode, Object(body).look]).toMatchObject([200, { state: 'DONE', keptLetters: 6 }]);
  const rows: { messageId: string }[] = Object(body).letters;
  expect(rows).toHaveLength(6);
  for (const { messageId } of rows) {
    const one = await subject.call('lookLetter', { params: { ...params, messageId } });
    expect(one.statusCode).toBe(200);
  }
});

it('shows what a look has seen: groups by reason, letters page by page, one letter whole, nothing personal', async ({
  subject,
}) => {
  await subject.putLetters('tiers', lettersOf(70));
  await subject.putLetters('tiers', lettersOf(1, 'x'), 'no user row b-1');
  await subject.putLetters('tiers', lettersOf(1, 'y'), 'no user row b-2');
  const { body: started } = await subject.call('startLook', { body: { queue: 'tiers' } });
  const params = { lookId: String(Object(started.look).lookId) };
  await subject.work();
  const { body: first } = await subject.call('look', { params });
  expect(first).toMatchObject({
    look: {
      state: 'DONE',
      by: 'anna@operators.example',
      seen: 72,
      keptLetters: 72,
      queues: [{ queue: 'tiers', waiting: 72, seen: 72, hidden: 0, isCut: false }],
      groups: [
        { reason: 'users table throttled', count: 70 },
        { reason: 'no user row *', count: 2 },
      ],
    },
    nextCursor: '1',
  });
  const { body: second } = await subject.call('look', { params, query: { cursor: '1' } });
  const rows: { messageId: string }[] = [...Object(first).letters, ...Object(second).letters];
  expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(72);
  const one = await subject.call('lookLetter', {
    params: { ...params, messageId: rows[0]?.messageId ?? '' },
  });
  expect(Object(one.body).letter.body.detail.data.userEmail).toBe('t***@example.com');
  expect(JSON.stringify([first, second, one.body])).not.toContain('test@example.com');
});
