import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { actionLogFile, beginAction, logAction } from './action-log.ts';

const operator = {
  account: '123456789012',
  region: 'ap-south-1',
  stage: 'test',
  caller: 'user/anna',
};
const action = { action: 'dlq replay', target: { queue: 'tiers' }, counts: { moved: 3 } };
const now = new Date('2026-01-31T10:00:00.000Z');

let folder: string;
let written: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'actions-'));
  written = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

it('keeps one line for each action, readable by its operator only', async () => {
  const file = join(folder, 'below', 'actions.jsonl');
  await logAction(operator, action, { now, file });
  await logAction(operator, { ...action, action: 'dlq discard' }, { now, file });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: '2026-01-31T10:00:00.000Z', ...operator, ...action },
    { at: '2026-01-31T10:00:00.000Z', ...operator, ...action, action: 'dlq discard' },
  ]);
  expect(written.join('')).toBe(await readFile(file, 'utf8'));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('warns, and goes on, where the file cannot be written: what was done stands', async () => {
  await writeFile(join(folder, 'file'), '');
  await logAction(operator, action, { now, file: join(folder, 'file', 'actions.jsonl') });
  expect(written.at(-1)).toMatch(/was not kept in .*E(NOTDIR|EXIST)/);
});

it('says that the stage’s log cannot be written, keeps the line all the same, and does not stop the change', async () => {
  vi.stubEnv('XDG_STATE_HOME', folder);
  const refuse = () => Promise.reject(new Error('AccessDeniedException'));
  const log = { write: refuse, end: refuse, list: refuse };
  const begun = await beginAction({ ...operator, log }, { ...action, why: 'mails are back' });
  expect(written.join('')).toMatch(/action log has no entry of what follows \(.*AccessDenied/);
  await begun.end('DONE', action);
  const kept = await readFile(actionLogFile(process.env), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ ...action, caller: 'user/anna', why: 'mails are back' });
  vi.unstubAllEnvs();
});

it('masks the addresses of what it was about, in both places', async () => {
  const file = join(folder, 'actions.jsonl');
  const target = { reason: 'anna@example.com', user: 'anna@example.com', file: '/x/anna@e.com/y' };
  await logAction(operator, { ...action, target }, { now, file });
  for (const text of [await readFile(file, 'utf8'), written.join('')]) {
    expect(text).toContain('a***@example.com');
    expect(text).not.toContain('anna@');
  }
});

it('keeps the line before it says it', async () => {
  const file = join(folder, 'actions.jsonl');
  let kept = '';
  vi.spyOn(process.stderr, 'write').mockImplementation(() => {
    kept = readFileSync(file, 'utf8');
    return true;
  });
  await logAction(operator, action, { now, file });
  expect(kept).toContain('dlq replay');
});

it.each([
  [{ XDG_STATE_HOME: '/state' }, '/state/cloudnestle-payments/actions.jsonl'],
  [{ XDG_STATE_HOME: '' }, expect.stringMatching(/\.local\/state\/cloudnestle-payments\//)],
])('of %j it is %s', (environment, file) => {
  expect(actionLogFile(environment)).toEqual(file);
});
