import { createKeptLetters } from '@cloudnestle/operations/letters/kept-letters';
import { restoreLetters } from '@cloudnestle/operations/letters/restore-letters';
import { createOperationsTable } from '@cloudnestle/operations/operations-table';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import { afterAll, beforeEach, expect } from 'vitest';
import { ben, claimsOf, operateTest as it, jobIn, type Subject } from '../testing/subject.ts';

afterAll(restoreClock);

const body = JSON.stringify(wrapInEnvelope(sampleCompleted()));
const lettersOf = (count: number) =>
  Array.from({ length: count }, (_, index) => body.replace('"test"', `"d${index}"`));
const why = { reason: 'the table is back' };

beforeEach<{ subject: Subject }>(async ({ subject }) => {
  for (const name of ['tiers', 'operations']) {
    const { url, deadLetterUrl } = subject.queueOf(name);
    advanceClock(2_000_000);
    await subject.takeAll(url);
    await subject.takeAll(deadLetterUrl);
  }
});

it('ends a job whose runs die without a word, and leaves its queue to the next operator', async ({
  cloud,
  subject,
}) => {
  await subject.putLetters('tiers', lettersOf(3));
  const started = await subject.call('replay', { body: { queue: 'tiers', ...why } });
  const params = { jobId: String(jobIn(started).jobId) };
  // It is claimed, and then nothing more is heard of that process.
  const dieAfterClaim = () => {
    let isDead = false;
    cloud.cloud.intercept(({ operation, body: asked }) => {
      if (isDead) return { when: 'before', reset: true };
      const text = JSON.stringify(asked);
      isDead = operation === 'UpdateItem' && text.includes(`job#${params.jobId}`);
      return undefined;
    });
  };
  for (let run = 1; run <= 5; run += 1) {
    dieAfterClaim();
    await subject.work();
    cloud.cloud.intercept(undefined);
    expect(jobIn(await subject.call('job', { params })).state, `run ${run}`).toBe('RUNNING');
    advanceClock(2_000_000);
  }
  await subject.work();
  expect(jobIn(await subject.call('job', { params }))).toMatchObject({
    state: 'BROKEN_OFF',
    brokenOff: expect.stringContaining('has died 5 times'),
  });
  const { body: log } = await subject.call('actions');
  expect(Object(log).actions[0]).toMatchObject({ jobId: params.jobId, outcome: 'FAILED' });
  // Started again by another, it does what was left.
  const again = await subject.runJob('replay', { body: { queue: 'tiers', ...why }, claims: ben });
  expect(again).toMatchObject({ state: 'DONE', counts: { moved: 3 } });
});

it('says of a job that no worker takes up that it has stalled, and ends it at once where it is stopped', async ({
  cloud,
  subject,
}) => {
  await subject.putLetters('tiers', lettersOf(2));
  const started = await subject.call('replay', { body: { queue: 'tiers', ...why } });
  const params = { jobId: String(jobIn(started).jobId) };
  let calls = 0;
  cloud.cloud.intercept(() => {
    calls += 1;
    return calls > 8 ? { when: 'before', reset: true } : undefined;
  });
  await subject.work();
  cloud.cloud.intercept(undefined);
  const running = jobIn(await subject.call('job', { params }));
  expect([running.state, running.isStalled]).toEqual(['RUNNING', undefined]);
  advanceClock(11 * 60_000);
  // Its message has died.
  await subject.takeAll(subject.queueOf('operations').url);
  expect(jobIn(await subject.call('job', { params }))).toMatchObject({
    state: 'RUNNING',
    isStalled: true,
  });
  expect(jobIn(await subject.call('cancelJob', { params }))).toMatchObject({
    state: 'CANCELLED',
    said: [expect.stringContaining('while no run had it')],
  });
  const again = await subject.runJob('replay', { body: { queue: 'tiers', ...why }, claims: ben });
  expect(again.state).toBe('DONE');
});

it('shows no address that an operator typed into a filter to others, in a job, its command, a look and the log', async ({
  subject,
}) => {
  const reason = 'no user row anna.secret@example.com';
  await subject.putLetters('tiers', lettersOf(1), reason);
  const filter = { reason };
  const { body: look } = await subject.call('startLook', { body: { queue: 'tiers', filter } });
  await subject.work();
  const job = await subject.runJob('discard', { body: { queue: 'tiers', filter, ...why } });
  expect(job).toMatchObject({ state: 'DONE', counts: { discarded: 1 } });
  const claims = claimsOf('look', 'lou');
  const params = { jobId: String(job.jobId), lookId: String(Object(look.look).lookId) };
  const seen = [
    await subject.call('job', { params, claims }),
    await subject.call('jobs', { claims }),
    await subject.call('look', { params, claims }),
    await subject.call('actions', { claims }),
  ];
  expect(seen.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  expect(JSON.stringify(seen)).not.toContain('anna.secret');
  expect(job.command).toBe("./payments dlq discard tiers --reason 'no user row a***@example.com'");
});

it('restores no letter twice, whatever an index that lags still lists', async ({
  cloud,
  subject,
}) => {
  await subject.putLetters('tiers', lettersOf(4));
  const { jobId } = await subject.runJob('discard', { body: { queue: 'tiers', ...why } });
  const table = createOperationsTable({
    dynamo: createDynamoClient(),
    table: cloud.topology.tables.operations.name,
    byTime: defaultIndexNames.operationsByTime,
    byOrder: defaultIndexNames.operationsByOrder,
  });
  const kept = createKeptLetters(table, () => new Date());
  const listed = await kept.list({ jobId: String(jobId) });
  const restored = await subject.runJob('restore', { body: { queue: 'tiers', jobId, ...why } });
  expect(restored).toMatchObject({ counts: { restored: 4, sentAgain: 0, gone: 0 } });
  const { deadLetterUrl } = subject.queueOf('tiers');
  const queue = { name: 'tiers', deadLetterUrl, liveUrl: undefined };
  const again = await restoreLetters(
    { sqs: cloud.sqs, queue, subscribers: {} },
    {
      kept: { ...kept, list: async () => listed },
      restore: 'another',
      signal: new AbortController().signal,
    },
  );
  expect(again).toEqual({ restored: 0, sentAgain: 0, notSent: 0, gone: 4, isWhole: true });
  expect(await subject.takeAll(deadLetterUrl)).toHaveLength(4);
  const job = await subject.runJob('restore', { body: { queue: 'tiers', jobId, ...why } });
  expect(job).toMatchObject({
    counts: { restored: 0 },
    said: [expect.stringContaining('Nothing was kept any more')],
  });
});

it('counts every letter of a restore that is killed, those that it may have sent twice apart', async ({
  cloud,
  subject,
}) => {
  const letters = lettersOf(60);
  await subject.putLetters('tiers', letters);
  const { jobId } = await subject.runJob('discard', { body: { queue: 'tiers', ...why } });
  const started = await subject.call('restore', { body: { queue: 'tiers', jobId, ...why } });
  const params = { jobId: String(jobIn(started).jobId) };
  let [sent, isDead] = [0, false];
  cloud.cloud.intercept(({ operation }) => {
    if (operation === 'SendMessage') sent += 1;
    isDead ||= sent > 20;
    return isDead ? { when: 'before', reset: true } : undefined;
  });
  await subject.work();
  cloud.cloud.intercept(undefined);
  advanceClock(2_000_000);
  await subject.work();
  const done = jobIn(await subject.call('job', { params }));
  expect(done).toMatchObject({ state: 'DONE', counts: { restored: 60, notSent: 0 } });
  advanceClock(120_000);
  const back = await subject.takeAll(subject.queueOf('tiers').deadLetterUrl);
  expect([...new Set(back)].toSorted()).toEqual(letters.toSorted());
  expect(back.length - 60).toBeLessThanOrEqual(Number(Object(done.counts).sentAgain));
});
