import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import {
  sampleCompleted,
  sampleFailed,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMailroom, exhausted, type Mailroom, toBody } from '../../testing/dead-letters.ts';
import { runPayments } from '../../testing/run-payments.ts';

let run: LocalRun;
let marketplace: TestMarketplace;
let mailroom: Mailroom;
const lines: string[] = [];

beforeAll(async () => {
  run = await startTestRun({
    log: (line) => lines.push(line),
    demoData: false,
    retryScale: 0,
  });
  marketplace = createTestMarketplace(run);
  mailroom = createMailroom(run);
  await Promise.all(Object.values(run.pollers).map((poller) => poller.pause()));
});
afterEach(async () => {
  await Promise.all(allUrls().map((url) => mailroom.takeAll(url)));
});
afterAll(async () => {
  mailroom?.stop();
  marketplace?.stop();
  await run?.stop();
});

const ask = (...args: string[]) => runPayments(run, ['dlq', 'replay', ...args, '--watch', '0']);
const replay = (...args: string[]) => ask(...args, '--yes');
const queueOf = (subscriber: string) => {
  const queue = run.provisioned.queues[subscriber];
  if (!queue) throw new Error(`no queue ${subscriber}`);
  return queue;
};
function allUrls(): string[] {
  const queues = Object.values(run.provisioned.queues);
  return [
    ...queues.flatMap(({ url, deadLetterUrl }) => [url, deadLetterUrl]),
    run.provisioned.deliveryDeadLetterUrl,
  ];
}
const rowOf = (userId: string) => sampleOrder(sampleRow({ userId }));
const letterOf = (userId: string, reason = 'throttled', changes: Record<string, string> = {}) => ({
  body: toBody(sampleCompleted(rowOf(userId))),
  attributes: exhausted(reason, changes),
});
const usersIn = (letters: readonly { body: string }[]) =>
  letters.map(({ body }) => JSON.parse(body).detail.data.userId).toSorted();

describe('a replay', () => {
  it('sends a letter as it was, with who replayed it and without its failure', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    const letter = letterOf('one');
    await mailroom.put(deadLetterUrl, [letter]);
    const { exitCode, stdout, stderr } = await replay('tiers', '--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { moved: 1, notSent: 0 } });
    expect(await mailroom.takeAll(url)).toEqual([
      {
        body: letter.body,
        attributes: {
          replayedBy: 'root',
          replayedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          replayCount: '1',
        },
      },
    ]);
    expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);
  });

  it('counts on how often a letter was replayed', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    await mailroom.put(deadLetterUrl, [
      letterOf('again', 'throttled', {
        replayedBy: 'user/bob',
        replayedAt: '2026-11-23T12:00:00.000Z',
        replayCount: '4',
      }),
    ]);
    await replay('tiers');
    const [letter] = await mailroom.takeAll(url);
    expect(letter?.attributes).toMatchObject({ replayedBy: 'root', replayCount: '5' });
  });

  it('keeps every attribute that others gave a letter, also where SQS has no room for its own then', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    const given = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`other${at}`, `value ${at}`]));
    // As SQS itself moves a message: with its own attributes and no reason.
    await mailroom.put(deadLetterUrl, [
      { body: toBody(sampleCompleted(rowOf('seven'))), attributes: given(7) },
      { body: toBody(sampleCompleted(rowOf('nine'))), attributes: given(9) },
    ]);
    const { exitCode, stdout, stderr } = await replay('tiers', '--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { moved: 2, stampCut: 1 } });
    const letters = await mailroom.takeAll(url);
    const attributesOf = (user: string) =>
      letters.find(({ body }) => usersIn([{ body }]).includes(user))?.attributes;
    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(attributesOf('seven')).toEqual({
      ...given(7),
      replayedAt: at,
      replayedBy: 'root',
      replayCount: '1',
    });
    expect(attributesOf('nine')).toEqual({ ...given(9), replayedAt: at });
  });

  it.each([
    [['--user', 'b'], ['b']],
    [['--reason', 'no USER row *'], ['c']],
    [['--type', 'PaymentCompleted', '--user', 'a'], ['a']],
    [['--since', '2026-11-24T00:00Z'], ['d']],
  ])('with %j moves those letters and gives the others back at once', async (filters, expected) => {
    const { url, deadLetterUrl } = queueOf('tiers');
    await mailroom.put(deadLetterUrl, [
      letterOf('a'),
      letterOf('b'),
      letterOf('c', 'no user row c'),
      letterOf('d', 'throttled', { lastFailedAt: '2026-11-24T00:00:01.000Z' }),
    ]);
    expect((await replay('tiers', ...filters)).exitCode).toBe(0);
    expect(usersIn(await mailroom.takeAll(url))).toEqual(expected);
    const others = ['a', 'b', 'c', 'd'].filter((user) => !expected.includes(user));
    expect(usersIn(await mailroom.takeAll(deadLetterUrl))).toEqual(others);
  });

  it('takes an order by either of its ids', async () => {
    const { url, deadLetterUrl } = queueOf('reconciliation');
    const [first, second] = [rowOf('first'), rowOf('second')];
    await mailroom.put(deadLetterUrl, [
      { body: toBody(sampleFailed(first)), attributes: exhausted('busy') },
      { body: toBody(sampleFailed(second)), attributes: exhausted('busy') },
    ]);
    expect((await replay('reconciliation', '--order', first.row.merchantOrderId)).exitCode).toBe(0);
    expect((await replay('reconciliation', '--order', second.row.transactionId)).exitCode).toBe(0);
    expect(usersIn(await mailroom.takeAll(url))).toEqual(['first', 'second']);
  });

  it('moves at most --max letters', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    await mailroom.put(
      deadLetterUrl,
      ['a', 'b', 'c', 'd'].map((user) => letterOf(user)),
    );
    const { exitCode } = await replay('tiers', '--max', '3');
    expect(exitCode).toBe(0);
    expect(await mailroom.takeAll(url)).toHaveLength(3);
    expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(1);
  });

  it('keeps to --rate', async () => {
    const { deadLetterUrl } = queueOf('tiers');
    await mailroom.put(
      deadLetterUrl,
      Array.from({ length: 9 }, (_, at) => letterOf(`u${at}`)),
    );
    const startedAt = performance.now();
    expect((await replay('tiers', '--rate', '4/s')).exitCode).toBe(0);
    // Four at once, four a second later, and the last one after another second.
    expect(performance.now() - startedAt).toBeGreaterThan(2000);
  });

  it('with --dry-run says what it would move and leaves every letter where it is', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    const letters = Array.from({ length: 12 }, (_, at) => letterOf(`u${at}`));
    await mailroom.put(deadLetterUrl, [...letters, { body: 'nothing we know' }]);
    const { exitCode, stdout } = await replay('tiers', '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/12 +│ throttled/);
    expect(stdout).toContain('1 can never succeed');
    expect(stdout).toContain('Nothing was changed.');
    expect(await mailroom.takeAll(url)).toEqual([]);
    expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(13);
  });

  it('of more than a handful asks, and without a terminal to ask at moves none unless --yes', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    await mailroom.put(
      deadLetterUrl,
      Array.from({ length: 6 }, (_, at) => letterOf(`u${at}`)),
    );
    const refused = await ask('tiers');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('Replay 6 letters of tiers.');
    expect(refused.stderr).toContain('add --yes');
    expect(await mailroom.takeAll(url)).toEqual([]);
    expect((await replay('tiers')).exitCode).toBe(0);
    expect(await mailroom.takeAll(url)).toHaveLength(6);
  });

  it('refuses what can never succeed, says so with status 1, and moves it with --force', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    const event = JSON.parse(toBody(sampleCompleted(rowOf('short'))));
    delete event.detail.data.plan;
    await mailroom.put(deadLetterUrl, [
      {
        body: JSON.stringify(event),
        attributes: exhausted('schema mismatch', { failureKind: 'permanent' }),
      },
      { body: 'no JSON' },
      { body: toBody(sampleFailed(rowOf('other'))), attributes: exhausted('no contract here') },
      letterOf('sound'),
    ]);
    const { exitCode, stdout } = await replay('tiers');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/refused: can never succeed.*3/);
    expect(usersIn(await mailroom.takeAll(url))).toEqual(['sound']);
    expect((await replay('tiers', '--force')).exitCode).toBe(0);
    expect(await mailroom.takeAll(url)).toHaveLength(3);
  });

  it('moves what SQS itself put there after a crash, which has no reason', async () => {
    const { url, deadLetterUrl } = queueOf('tiers');
    await mailroom.put(deadLetterUrl, [{ body: toBody(sampleCompleted(rowOf('crashed'))) }]);
    expect((await replay('tiers', '--reason', 'no reason')).exitCode).toBe(0);
    expect(usersIn(await mailroom.takeAll(url))).toEqual(['crashed']);
  });

  it('of the delivery queue goes to the queue that EventBridge could not reach', async () => {
    const { deliveryDeadLetterUrl } = run.provisioned;
    const undelivered = (queue: string) => ({
      RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/marketplace-payments/any',
      TARGET_ARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'not allowed',
      RETRY_ATTEMPTS: '3',
    });
    const event = toBody(sampleCompleted(rowOf('stranded')));
    await mailroom.put(deliveryDeadLetterUrl, [
      { body: event, attributes: undelivered('marketplace-payments-tiers') },
      { body: event, attributes: undelivered('marketplace-payments-notifications') },
      { body: event, attributes: undelivered('another-stages') },
    ]);
    const { exitCode, stdout } = await replay('delivery', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { moved: 2, noDestination: 1 } });
    expect(usersIn(await mailroom.takeAll(queueOf('tiers').url))).toEqual(['stranded']);
    expect(usersIn(await mailroom.takeAll(queueOf('notifications').url))).toEqual(['stranded']);
    expect(await mailroom.takeAll(deliveryDeadLetterUrl)).toHaveLength(1);
  });

  it.each(['SendMessageBatch', 'DeleteMessageBatch', 'ReceiveMessage'])(
    'loses nothing where %s is refused, and says that it was broken off',
    async (operation) => {
      const { url, deadLetterUrl } = queueOf('tiers');
      const users = Array.from({ length: 80 }, (_, at) => `u${at}`).toSorted();
      await mailroom.put(
        deadLetterUrl,
        users.map((user) => letterOf(user)),
      );
      let calls = 0;
      run.cloud?.intercept((call) => {
        if (call.operation !== operation) return undefined;
        calls += 1;
        return calls === 2 ? { when: 'before', status: 403, errorType: 'AccessDenied' } : undefined;
      });
      const { exitCode, stdout } = await replay('tiers');
      run.cloud?.intercept(undefined);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/Broken off: AccessDenied/);
      expect((await replay('tiers')).exitCode).toBe(0);
      expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);
      expect([...new Set(usersIn(await mailroom.takeAll(url)))]).toEqual(users);
    },
  );
});

describe('a letter that fails again', () => {
  it('is counted while watched, with its new reason, and its attributes are not piled up', async () => {
    const { deadLetterUrl } = queueOf('tiers');
    await mailroom.put(deadLetterUrl, [letterOf('unknown', 'users table throttled')]);
    run.pollers.tiers.resume();
    const { exitCode, stdout } = await runPayments(run, [
      'dlq',
      'replay',
      'tiers',
      '--watch',
      '20',
    ]);
    await run.pollers.tiers.pause();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/1 +│ no transaction row txn_MP-unknown/);
    const [letter] = await mailroom.takeAll(deadLetterUrl);
    expect(Object.keys(letter?.attributes ?? {}).toSorted()).toEqual([
      'attempts',
      'eventId',
      'failureKind',
      'failureReason',
      'firstFailedAt',
      'lastFailedAt',
      'replayCount',
      'replayedAt',
      'replayedBy',
    ]);
    expect(letter?.attributes).toMatchObject({ failureKind: 'permanent', replayCount: '1' });
    expect(lines.some((line) => line.includes('replayed by root'))).toBe(true);
  });

  it('ends a replay instead of being chased', async () => {
    const { deadLetterUrl } = queueOf('tiers');
    await mailroom.put(
      deadLetterUrl,
      Array.from({ length: 40 }, (_, at) => letterOf(`u${at}`)),
    );
    run.pollers.tiers.resume();
    const { stdout } = await runPayments(run, ['dlq', 'replay', 'tiers', '--yes', '--json']);
    await run.pollers.tiers.pause();
    expect(JSON.parse(stdout).counts.moved).toBe(40);
  });
});

describe('a change', () => {
  it('says account, region, stage and caller first, and what was done afterwards', async () => {
    await mailroom.put(queueOf('tiers').deadLetterUrl, [letterOf('one')]);
    const { stderr } = await ask('tiers', '--user', 'one');
    expect(stderr).toMatch(
      /^account 000000000000 {2}region us-east-1 {2}stage local {2}caller root\n/,
    );
    const logged = stderr.split('\n').find((line) => line.startsWith('{')) ?? '';
    expect(JSON.parse(logged)).toMatchObject({
      action: 'dlq replay',
      caller: 'root',
      stage: 'local',
      target: { queue: 'tiers', user: 'one' },
      counts: { moved: 1 },
    });
  });

  it('of another stage than the one that is meant is not made', async () => {
    const { deadLetterUrl } = queueOf('tiers');
    await mailroom.put(deadLetterUrl, [letterOf('one')]);
    const { exitCode, stderr } = await replay('tiers', '--stage', 'production');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('You mean the stage production, and this is local');
    expect(await mailroom.takeAll(deadLetterUrl)).toHaveLength(1);
  });
});

it.each([
  [['nowhere'], 'There is no dead-letter queue "nowhere". There are: tiers, '],
  [['tiers'], 'No dead letter of tiers matches. Nothing was changed.'],
  [['tiers', '--yes'], 'No dead letter of tiers matches. Nothing was changed.'],
  [['\u001b[2Jx'], 'There is no dead-letter queue "\\u001b[2Jx".'],
  [['tiers', '--dry-run', '--stage', 'production'], 'You mean the stage production'],
  [['tiers', '--rate', '0'], 'a rate is letters in a second'],
  [['tiers', '--max', 'x'], '--max is a whole number'],
  [['tiers', '--type', 'Payment'], 'an event is one of'],
  [['tiers', '--order', ''], 'it is empty'],
  [['tiers', '--bogus'], "unknown option '--bogus'"],
  [[], "missing required argument 'queue'"],
])('replay %j ends with words and status 1', async (args, words) => {
  const { exitCode, stdout, stderr } = await ask(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/\n\s+at /);
  // Nothing was done that would have to be written down.
  expect(stderr).not.toContain('"action"');
});
