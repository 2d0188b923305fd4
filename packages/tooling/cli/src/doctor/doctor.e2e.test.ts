import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { subscriberNames } from '@cloudnestle/topology/subscribers';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';
import { spawnPayments } from '../testing/spawn-payments.ts';
import { runDoctor } from './run.ts';
import { type Subject, startSubject } from './testing/subject.ts';

/** Each has a rule, a queue and a dead-letter queue to look at. */
const subscribers = subscriberNames.length;

let subject: Subject;

beforeAll(async () => {
  subject = await startSubject();
});
afterEach(() => {
  vi.unstubAllEnvs();
  subject.run.cloud?.intercept(undefined);
});
afterAll(() => subject?.stop());

it('finds nothing wrong with a fresh stage, and says what its endpoint cannot tell', async () => {
  const { exitCode, wrong, notChecked, findings } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({ exitCode: 0, wrong: [] });
  expect(notChecked).toEqual([
    expect.stringMatching(/^queue policies .*no queue has a policy/),
    ...Array.from({ length: 6 }, () =>
      expect.stringMatching(/^backups .*does not know dynamodb:DescribeContinuousBackups$/),
    ),
    expect.stringMatching(/^mail .*does not know ses:GetEmailIdentity$/),
    expect.stringMatching(/^mail .*does not know ses:GetAccount$/),
    expect.stringMatching(/^merchant .*no order of the last 7 days to ask about$/),
  ]);
  const concerns = new Set(findings.map(({ check }) => check));
  expect([...concerns]).toEqual([
    ...['caller', 'queues', 'queue policies', 'tables', 'backups'],
    ...['secrets', 'mail', 'bus', 'rules', 'gateway', 'merchant', 'webhook'],
  ]);
});

it('prints for people who asks what, the findings by concern, and how many of each kind', async () => {
  const { exitCode, stdout, stderr } = await runPayments(subject.run, ['doctor']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('account 000000000000  region us-east-1  stage local  caller root');
  expect(lines.filter((line) => line.startsWith('│ tables '))).toHaveLength(1);
  expect(lines.at(-1)).toBe(`${14 + 3 * subscribers} ok, 0 wrong, 10 not checked.`);
});

it('begins with the stage alone where it may not ask who the caller is', async () => {
  subject.run.cloud?.intercept(({ service }) =>
    service === 'sts'
      ? { when: 'before', status: 403, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const { stdout } = await runPayments(subject.run, ['doctor']);
  expect(stdout.split('\n')[0]).toBe('stage local');
  expect(stdout).toMatch(/caller +│ identity +│ not checked/);
});

it('says who asks while it is still looking', async () => {
  subject.run.cloud?.intercept(({ service }) =>
    service === 'events' ? { hangMs: 600_000 } : undefined,
  );
  const enough = new AbortController();
  const { exitCode, stdout } = await spawnPayments(subject.run, ['doctor'], {
    killed: enough.signal,
    onOutput: () => enough.abort(),
  });
  expect({ exitCode, stdout }).toEqual({
    exitCode: -1,
    stdout: 'account 000000000000  region us-east-1  stage local  caller root\n',
  });
});

it('changes nothing, and receives from no dead-letter queue', async () => {
  const calls = subject.run.cloud?.calls;
  calls?.reset();
  await subject.examine();
  const made = calls?.list() ?? [];
  expect(made.length).toBeGreaterThan(20);
  const operations = made.map(({ operation }) => operation);
  // The run's own pollers receive from the live queues meanwhile.
  const looks = /^(Get|List|Describe|Query$|ReceiveMessage$|Unknown$)/;
  expect(operations.filter((operation) => !looks.test(operation))).toEqual([]);
  const received = made.filter(({ operation }) => operation === 'ReceiveMessage');
  expect(received.filter(({ target }) => target?.endsWith('-dlq'))).toEqual([]);
});

it.each([
  ['sqs', ['queues', 'queue policies'], 'sqs:GetQueueAttributes'],
  ['dynamodb', ['tables', 'backups', 'merchant'], 'dynamodb:DescribeTable'],
  ['events', ['bus', 'rules'], 'events:DescribeEventBus'],
  ['sts', ['caller'], 'sts:GetCallerIdentity'],
])(
  'does not check what the caller may not ask of %s, and checks the rest',
  async (service, concerns, action) => {
    subject.run.cloud?.intercept((call) =>
      call.service === service
        ? { when: 'before', status: 403, errorType: 'AccessDeniedException' }
        : undefined,
    );
    const { exitCode, wrong, notChecked, findings } = await subject.examine();
    expect({ exitCode, wrong }).toEqual({ exitCode: 0, wrong: [] });
    expect(notChecked.join('\n')).toContain(`the caller may not do ${action}`);
    for (const { check, result } of findings) {
      if (concerns.includes(check)) expect(result, check).toBe('not checked');
      else if (['secrets', 'gateway', 'webhook'].includes(check)) expect(result, check).toBe('ok');
    }
  },
);

it('waits for no service: what does not answer is wrong after a few seconds, and the rest is checked', async () => {
  keepTimeLimits();
  subject.run.cloud?.intercept(({ service }) =>
    service === 'events' ? { hangMs: 600_000 } : undefined,
  );
  const { exitCode, wrong, ok } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toHaveLength(1 + subscribers);
  for (const each of wrong) expect(each).toMatch(/^(bus|rules) .*no answer within 4 s$/);
  expect(ok).toHaveLength(13 + 2 * subscribers);
});

it('calls a cut connection wrong, in words', async () => {
  subject.run.cloud?.intercept(({ operation }) =>
    operation === 'DescribeEventBus' ? { when: 'before', reset: true } : undefined,
  );
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [expect.stringMatching(/^bus .*AWS does not answer \(TimeoutError: /)],
  });
});

it.each([
  [[], 'does not answer'],
  [['--json'], 'does not answer'],
])('ends with one line and status 1 where no endpoint answers (doctor %j)', async (args, words) => {
  const nowhere = { awsEndpoint: 'http://127.0.0.1:1' };
  const { exitCode, stdout, stderr } = await spawnPayments(nowhere, ['doctor', ...args]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(words)]);
});

it('asks for credentials where there are none', async () => {
  const nothing = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
  };
  for (const [name, value] of Object.entries(nothing)) vi.stubEnv(name, value);
  await expect(runDoctor({})).rejects.toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(/^No AWS credentials were found/),
  });
});

it('names the fields of an environment’s secret of another version, and ends there', async () => {
  await subject.keep(environmentSecret, '{"stage":"local","apiUrl":5}');
  const { exitCode, stdout, stderr } = await runPayments(subject.run, ['doctor']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('(apiUrl, gateway, ')]);
});

it('takes no arguments and no unknown flags', async () => {
  for (const args of [['now'], ['--fix']]) {
    const { exitCode, stdout } = await runPayments(subject.run, ['doctor', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  }
});
