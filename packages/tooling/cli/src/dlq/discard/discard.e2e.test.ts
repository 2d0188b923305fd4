import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMailroom, exhausted, type Mailroom, toBody } from '../../testing/dead-letters.ts';
import { runPayments } from '../../testing/run-payments.ts';
import { holdLetters } from '../testing/hold-letters.ts';

const main = join(import.meta.dirname, '../../main.ts');

let run: LocalRun;
let mailroom: Mailroom;
let folder: string;
let deadLetterUrl = '';

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  mailroom = createMailroom(run);
  deadLetterUrl = run.provisioned.queues.tiers?.deadLetterUrl ?? '';
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'discard-'));
});
afterEach(async () => {
  run.cloud?.intercept(undefined);
  await mailroom.takeAll(deadLetterUrl);
  await rm(folder, { recursive: true });
});
afterAll(async () => {
  mailroom?.stop();
  await run?.stop();
});

const discard = (...args: string[]) =>
  runPayments(run, ['dlq', 'discard', 'tiers', ...args], { cwd: folder });
const letterOf = (userId: string) => ({
  body: toBody(sampleCompleted(sampleOrder(sampleRow({ userId })))),
  attributes: exhausted('no user row'),
});

it('writes what it discards to a file that only its owner can read, and deletes it then', async () => {
  const meant = letterOf('gone');
  await mailroom.put(deadLetterUrl, [meant, letterOf('stays')]);
  const { exitCode, stdout, stderr } = await discard('--user', 'gone');
  expect(exitCode, stderr).toBe(0);
  const [name = ''] = await readdir(folder);
  expect(name).toMatch(/^dead-letters-tiers-.*\.jsonl$/);
  expect(stdout).toContain(`1 discarded from tiers; they are in ${name}.`);
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    queue: 'tiers',
    body: meant.body,
    failure: { kind: 'exhausted', reason: 'no user row', attempts: 8 },
  });
  const left = await mailroom.takeAll(deadLetterUrl);
  expect(left.map(({ body }) => JSON.parse(body).detail.data.userId)).toEqual(['stays']);
  const logged = stderr.split('\n').find((line) => line.startsWith('{')) ?? '';
  expect(JSON.parse(logged)).toMatchObject({ action: 'dlq discard', counts: { discarded: 1 } });
  expect(logged).not.toContain('@');
});

it('of hundreds puts every one into the file, each once and whole', async () => {
  const letters = Array.from({ length: 300 }, (_, at) => letterOf(`u${at}`));
  await mailroom.put(deadLetterUrl, letters);
  expect((await discard('--yes', '--file', 'all.jsonl')).exitCode).toBe(0);
  const lines = (await readFile(join(folder, 'all.jsonl'), 'utf8')).trimEnd().split('\n');
  const bodies = lines.map((line) => JSON.parse(line).body);
  expect(bodies.toSorted()).toEqual(letters.map(({ body }) => body).toSorted());
  expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);
});

it('takes at most --max letters', async () => {
  await mailroom.put(
    deadLetterUrl,
    Array.from({ length: 50 }, (_, at) => letterOf(`u${at}`)),
  );
  expect((await discard('--max', '7', '--yes')).exitCode).toBe(0);
  expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(43);
});

it('asks for more than a handful, and discards nothing where no operator answers', async () => {
  await mailroom.put(
    deadLetterUrl,
    Array.from({ length: 6 }, (_, at) => letterOf(`u${at}`)),
  );
  const { exitCode, stderr } = await discard();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Discard 6 letters of tiers.');
  expect(await readdir(folder)).toEqual([]);
  expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(6);
});

it('discards nothing that it could not write down', async () => {
  await writeFile(join(folder, 'there.jsonl'), 'kept');
  await mailroom.put(deadLetterUrl, [letterOf('one')]);
  const { exitCode, stdout, stderr } = await discard('--file', 'there.jsonl');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('there.jsonl cannot be made');
  expect(await readFile(join(folder, 'there.jsonl'), 'utf8')).toBe('kept');
  expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(1);
});

it('says that letters are hidden where none that can be seen matches', async () => {
  await mailroom.put(deadLetterUrl, [letterOf('one'), letterOf('two')]);
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, endpoint: run.awsEndpoint });
  const giveBack = await holdLetters(sqs, deadLetterUrl, 1);
  const { exitCode, stderr } = await discard('--user', 'unknown', '--dry-run');
  await giveBack();
  sqs.destroy();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'No dead letter of tiers matches. Nothing was changed. 1 letter is hidden',
  );
});

it('leaves its trace and its file whole where no reader takes what it says', async () => {
  await mailroom.put(deadLetterUrl, [letterOf('one'), letterOf('two')]);
  const script = '"$0" "$1" dlq discard tiers --yes --file all.jsonl 2>&1 | true';
  await promisify(execFile)('sh', ['-c', script, process.execPath, main], {
    cwd: folder,
    env: { ...process.env, XDG_STATE_HOME: folder },
  });
  expect((await readFile(join(folder, 'all.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  const log = await readFile(join(folder, 'cloudnestle-payments', 'actions.jsonl'), 'utf8');
  expect(JSON.parse(log)).toMatchObject({ action: 'dlq discard', counts: { discarded: 2 } });
});

it('says which letters are in the file and still in the queue', async () => {
  await mailroom.put(deadLetterUrl, [letterOf('one')]);
  run.cloud?.intercept(({ operation }) =>
    operation === 'DeleteMessageBatch'
      ? { when: 'before', status: 403, errorType: 'AccessDenied' }
      : undefined,
  );
  const { exitCode, stdout } = await discard('--yes');
  run.cloud?.intercept(undefined);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/Broken off: AccessDenied/);
  expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(1);
});

it('with --dry-run, or where nothing matches, leaves no file and every letter', async () => {
  await mailroom.put(deadLetterUrl, [letterOf('one')]);
  expect(await discard('--dry-run')).toMatchObject({ exitCode: 0 });
  const nothing = await discard('--user', 'unknown', '--yes');
  expect(nothing).toMatchObject({ exitCode: 1, stdout: '' });
  expect(nothing.stderr).toContain('No dead letter of tiers matches');
  expect(nothing.stderr).not.toContain('"action"');
  const another = await discard('--dry-run', '--stage', 'production');
  expect(another).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await readdir(folder)).toEqual([]);
  expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(1);
});
