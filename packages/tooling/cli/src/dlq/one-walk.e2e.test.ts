import { jobResponseSchema } from '@cloudnestle/contracts/admin/jobs';
import { jobStartedResponseSchema } from '@cloudnestle/contracts/admin/letters';
import { adminRoutes } from '@cloudnestle/contracts/admin/routes';
import type { LocalRun } from '@cloudnestle/dev/start';
import { postJson } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { createMailroom, exhausted, type Mailroom, toBody } from '../testing/dead-letters.ts';
import { killAtCall } from '../testing/kill-payments.ts';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let mailroom: Mailroom;
let token = '';
let url = '';
let deadLetterUrl = '';

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  mailroom = createMailroom(run);
  await run.pollers.tiers.pause();
  ({ url = '', deadLetterUrl = '' } = run.provisioned.queues.tiers ?? {});
  const who = { groups: ['repair'], username: 'anna' };
  const answer = await postJson(`${run.url}/local-issuer/token`, who);
  token = z.object({ token: z.string() }).parse(await answer.json()).token;
});
afterEach(async () => {
  await mailroom.takeAll(deadLetterUrl);
  await mailroom.takeAll(url);
});
afterAll(async () => {
  mailroom?.stop();
  await run?.stop();
});

const dlq = (...args: string[]) => runPayments(run, ['dlq', ...args]);

async function ask(key: 'replay' | 'job' | 'cancelJob' | 'queues', body?: object, jobId = '') {
  const { method, path } = adminRoutes[key];
  const answer = await fetch(run.url + path.replace('{jobId}', jobId), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  return { status: answer.status, body: Object(await answer.json()) };
}

const jobOf = async (jobId: string) =>
  jobResponseSchema.parse((await ask('job', undefined, jobId)).body).job;

const put = (count: number) =>
  mailroom.put(
    deadLetterUrl,
    Array.from({ length: count }, () => ({
      body: toBody(sampleCompleted()),
      attributes: exhausted('throttled'),
    })),
  );

it('tells a command who goes through the queue from the console, and changes nothing', async () => {
  await put(40);
  const started = await ask('replay', { queue: 'tiers', rate: 1, reason: 'the table is back' });
  const { jobId } = jobStartedResponseSchema.parse(started.body).job;
  await waitFor('the job at work', async () => (await jobOf(jobId)).done > 0);
  for (const args of [
    ['replay', '--yes'],
    ['replay', '--dry-run'],
    ['discard', '--yes'],
    ['show'],
    ['triage'],
    ['recover', '--dry-run'],
  ]) {
    const [name = '', ...options] = args;
    const { exitCode, stdout, stderr } = await dlq(name, 'tiers', ...options);
    expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 1, stdout: '' });
    expect(stderr).toMatch(
      /anna\S* goes through the dead letters of tiers since 20\S+Z\. One walk at a time; nothing was changed\./,
    );
    expect(stderr.includes('--anyway')).toBe(['show', 'triage', 'recover'].includes(name));
  }
  // Of all queues the others are shown.
  const all = await dlq('triage');
  expect(all).toMatchObject({ exitCode: 0 });
  expect(all.stdout).toMatch(/anna\S* goes through the dead letters of tiers .* Not seen;/);
  expect((await dlq('triage', 'tiers', '--anyway')).exitCode).toBe(0);

  await ask('cancelJob', {}, jobId);
  const job = await waitFor('the end of the job', async () => {
    const seen = await jobOf(jobId);
    return seen.endedAt !== undefined && seen;
  });
  const [left, moved] = [await mailroom.takeAll(deadLetterUrl), await mailroom.takeAll(url)];
  expect([job.state, left.length + moved.length]).toEqual(['CANCELLED', 40]);
  expect(job.counts.moved).toBe(moved.length);
});

it('tells the console which command goes through the queue, and lets it in once that is over', async () => {
  await put(12);
  const replaying = dlq('replay', 'tiers', '--yes', '--rate', '4', '--watch', '0');
  // A preview would take the queue itself; this only counts.
  await waitFor('the queue taken', async () => {
    const { body } = await ask('queues');
    return body.queues.some(({ walker }: { walker?: object }) => walker !== undefined);
  });
  expect(await ask('replay', { queue: 'tiers', dryRun: true })).toMatchObject({
    status: 409,
    body: {
      error: {
        code: 'QUEUE_BUSY',
        message: expect.stringMatching(/^\S+ goes through the dead letters of tiers since/),
      },
    },
  });
  expect(await replaying).toMatchObject({ exitCode: 0 });
  expect(await mailroom.takeAll(url)).toHaveLength(12);
  expect((await ask('replay', { queue: 'tiers', dryRun: true })).status).toBe(200);
});

it('frees the queue of a killed command a minute later', async () => {
  await put(30);
  const isSending = ({ operation }: { operation: string }) => operation === 'SendMessageBatch';
  await killAtCall(run, 1, ['dlq', 'replay', 'tiers', '--yes', '--watch', '0'], isSending);
  const early = await dlq('replay', 'tiers', '--yes', '--watch', '0');
  expect(early.exitCode).toBe(1);
  expect(early.stderr).toContain('A walk that died is over a minute later.');
  advanceClock(61_000);
  const later = await dlq('replay', 'tiers', '--yes', '--watch', '0');
  expect(later.exitCode, later.stderr).toBe(0);
  expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);
  const moved = new Set((await mailroom.takeAll(url)).map(({ body }) => body));
  expect(moved.size).toBe(30);
});

it('goes on, and says so, where it cannot be seen who goes through a queue', async () => {
  await put(2);
  run.cloud?.intercept(({ operation, body }) =>
    operation === 'PutItem' && JSON.stringify(body).includes('walk#')
      ? { when: 'before', status: 403, errorType: 'AccessDenied' }
      : undefined,
  );
  const { exitCode, stderr } = await dlq('replay', 'tiers', '--yes', '--watch', '0');
  run.cloud?.intercept(undefined);
  expect([exitCode, stderr]).toEqual([
    0,
    expect.stringContaining('It cannot be seen whether another operator goes through tiers'),
  ]);
});
