import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyKind, putEveryKind, secrets } from '../testing/every-kind.ts';
import { type LookRun, startLookRun, steering } from '../testing/look-run.ts';
import { paste } from '../testing/paste.ts';

let look: LookRun;

beforeAll(async () => {
  look = await startLookRun();
});
afterAll(async () => {
  await look?.stop();
});

interface Found {
  queue: string;
  reason: string;
  count: number;
  commands: { show: string; replay?: string; discard?: string };
}

async function triage(...args: string[]) {
  const { exitCode, stdout, stderr } = await look.dlq('triage', '--json', ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { groups } = JSON.parse(stdout) as { groups: Found[] };
  return groups;
}

it('says "No dead letters." with exit status 0 where there are none', async () => {
  const { exitCode, stdout } = await look.dlq('triage');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'No dead letters.\n' });
});

it('groups the letters of every queue by what went wrong, the largest group first', async () => {
  await putEveryKind(look.run, look.mailroom);
  const groups = await triage();
  expect(groups[0]).toMatchObject({
    queue: 'tiers',
    reason: 'no user row *',
    count: 2,
    firstFailedAt: '2025-11-23T11:00:00.000Z',
    lastFailedAt: '2025-11-23T13:00:00.000Z',
    kinds: { exhausted: 1, permanent: 1 },
    cannotSucceed: 0,
    replayed: 1,
    mostReplays: 2,
  });
  expect(
    groups.map(({ queue, reason, count }) => `${queue} ${count} ${reason}`).toSorted(),
  ).toEqual([
    'delivery 1 no reason: EventBridge wrote none',
    'delivery 1 not delivered: NO_PERMISSIONS: not allowed, * times',
    'entitlements 1 schema mismatch in PaymentCompleted: data.plan',
    "notifications 1 it's not for *",
    'notifications 1 red  * alert',
    'notifications 1 the message is no JSON',
    'tiers 1 no reason: SQS moved it after a crash or a timeout',
    'tiers 2 no user row *',
  ]);
});

it('offers commands for each group, which do what they say when they are pasted', async () => {
  const groups = (await triage()).filter(({ queue }) => ['tiers', 'notifications'].includes(queue));
  for (const { reason, count, commands } of groups) {
    const [, verb = '', ...args] = paste(commands.show);
    const { exitCode, stdout, stderr } = await look.dlq(verb, ...args, '--json');
    expect({ exitCode, stderr, reason }).toEqual({ exitCode: 0, stderr: '', reason });
    expect(JSON.parse(stdout)).toMatchObject({ matched: count });
  }
  const quoted = groups.find(({ reason }) => reason.includes("'"))?.commands.replay;
  const hopeless = groups.find(({ commands }) => commands.discard)?.commands.discard;
  for (const command of [quoted, hopeless]) {
    const [, verb = '', ...args] = paste(command ?? '');
    const { stdout } = await look.dlq(verb, ...args, '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ counts: { chosen: 1 } });
  }
});

it('offers to discard what a replay would refuse', async () => {
  const hopeless = (await triage()).filter(({ commands }) => commands.replay === undefined);
  expect(hopeless.map(({ reason }) => reason).toSorted()).toEqual([
    'no reason: EventBridge wrote none',
    'red  * alert',
    'schema mismatch in PaymentCompleted: data.plan',
    'the message is no JSON',
  ]);
  const { stdout } = await look.dlq('triage', 'entitlements');
  expect(stdout).toContain(
    '1 can never succeed (schema mismatch in PaymentCompleted: data.plan): replay would refuse this.',
  );
  expect(stdout).toContain('./payments dlq discard entitlements --reason');
  expect(stdout).not.toContain('./payments dlq replay');
});

it('takes the same filters, and keeps to them in its commands', async () => {
  const [only, ...others] = await triage('tiers', '--user', 'buyer-1', '--since', '2025-01-01');
  expect(others).toEqual([]);
  expect(only).toMatchObject({ count: 1, reason: 'no user row *' });
  expect(paste(only?.commands.show ?? '')).toEqual([
    'dlq',
    'show',
    'tiers',
    '--since',
    '2024-12-31T18:30:00.000Z',
    '--user',
    'buyer-1',
    '--reason',
    'no user row *',
  ]);
  const none = await look.dlq('triage', '--user', 'unknown');
  expect(none).toMatchObject({ exitCode: 0, stdout: 'No dead letter matches.\n' });
});

it('is text that no letter can steer or make tell an address, and leaves all where it is', async () => {
  for (const args of [['triage'], ['triage', '--json']]) {
    const { exitCode, stdout } = await look.dlq(...args);
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(steering);
    for (const secret of secrets) expect(stdout).not.toContain(secret);
  }
  expect(await look.empty()).toEqual(everyKind);
});
