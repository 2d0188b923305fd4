import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createMailroom, exhausted, type Mailroom, toBody } from '../../testing/dead-letters.ts';
import { runPayments } from '../../testing/run-payments.ts';

let run: LocalRun;
let mailroom: Mailroom;
let folder: string;
let deadLetterUrl = '';

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  mailroom = createMailroom(run);
  deadLetterUrl = run.provisioned.queues.tiers?.deadLetterUrl ?? '';
  folder = await mkdtemp(join(tmpdir(), 'restore-'));
});
afterEach(async () => {
  run.cloud?.intercept(undefined);
  await dlq('restore', 'tiers', '--yes');
  await mailroom.takeAll(deadLetterUrl);
});
afterAll(async () => {
  mailroom?.stop();
  await run?.stop();
  await rm(folder, { recursive: true });
});

const dlq = (...args: string[]) => runPayments(run, ['dlq', ...args], { cwd: folder });
const letterOf = (userId: string, reason = `no user row of ${userId}@example.com`) => ({
  body: toBody(sampleCompleted(sampleOrder(sampleRow({ userId })))),
  attributes: { ...exhausted(reason), ofAnother: 'kept' },
});
const usersIn = async () =>
  (await mailroom.takeAll(deadLetterUrl)).map(({ body }) => JSON.parse(body).detail.data.userId);

/** Discards all letters and answers the discard's name. */
async function discard(...users: string[]): Promise<string> {
  await mailroom.put(
    deadLetterUrl,
    users.map((user) => letterOf(user)),
  );
  const { stdout } = await dlq('discard', 'tiers', '--yes', '--json', '--file', `${users}.jsonl`);
  return JSON.parse(stdout).discard;
}

it('puts discarded letters back with all that stood on them, once, and leaves a trace', async () => {
  const letter = letterOf('one');
  await mailroom.put(deadLetterUrl, [letter]);
  const thrown = await dlq('discard', 'tiers', '--file', 'one.jsonl');
  const said = /dlq restore tiers --discard (\S+)/.exec(thrown.stdout)?.[1] ?? '';
  expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);

  const tried = await dlq('restore', 'tiers', '--dry-run');
  expect(tried.stdout).toMatch(/1 +│ no user row of o\*\*\*@example\.com/);
  expect(tried.stdout).toContain(said);
  expect(tried.stdout).toContain('Nothing was changed.');
  expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);

  const { exitCode, stdout, stderr } = await dlq('restore', 'tiers', '--discard', said);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('1 restored to the dead letters of tiers');
  const logged = stderr.split('\n').find((line) => line.startsWith('{')) ?? '';
  expect(JSON.parse(logged)).toMatchObject({
    action: 'dlq restore',
    target: { queue: 'tiers', discard: said },
    counts: { restored: 1, sentAgain: 0, notSent: 0, gone: 0 },
  });
  expect(await mailroom.takeAll(deadLetterUrl)).toMatchObject([letter]);

  const again = await dlq('restore', 'tiers', '--yes');
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toContain('restored already, or its 14 days are over. Nothing was changed.');
});

it('means one discard, one letter, or all of a queue; asks for more than a handful', async () => {
  const first = await discard('a', 'b');
  await discard('c', 'd', 'e', 'f', 'g', 'h');
  const refused = await dlq('restore', 'tiers');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('Send 8 letters that were discarded back');
  expect(await usersIn()).toEqual([]);
  const elsewhere = await dlq('restore', 'entitlements', '--discard', first, '--yes');
  expect(elsewhere.stderr).toContain('No discarded letter of entitlements is kept');

  expect((await dlq('restore', 'tiers', '--discard', first)).exitCode).toBe(0);
  expect((await usersIn()).toSorted()).toEqual(['a', 'b']);
  const { stdout } = await dlq('restore', 'tiers', '--yes', '--json');
  expect(JSON.parse(stdout)).toEqual({
    ...{ queue: 'tiers', restored: 6, sentAgain: 0, notSent: 0, gone: 0, isWhole: true },
  });
  expect(await usersIn()).toHaveLength(6);
});

it('loses no letter where it dies between sending and forgetting, and says which may be there twice', async () => {
  await discard('a', 'b', 'c');
  run.cloud?.intercept(({ operation }) =>
    operation === 'DeleteItem'
      ? { when: 'before', status: 403, errorType: 'AccessDenied' }
      : undefined,
  );
  const broken = await dlq('restore', 'tiers', '--yes');
  run.cloud?.intercept(undefined);
  expect(broken.exitCode).toBe(1);
  advanceClock(3_600_000);
  const next = await dlq('restore', 'tiers', '--yes');
  expect(next.exitCode, next.stderr).toBe(0);
  expect(next.stdout).toContain('3 of them may be there twice');
  expect((await usersIn()).toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
});

it('is over after 14 days', async () => {
  await discard('a');
  advanceClock(14 * 86_400_000 + 1000);
  expect((await dlq('restore', 'tiers', '--yes')).exitCode).toBe(1);
});
