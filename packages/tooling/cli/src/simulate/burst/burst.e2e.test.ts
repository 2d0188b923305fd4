import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEnvironment } from '../../environment/read-environment.ts';
import { runPayments } from '../../testing/run-payments.ts';

let run: LocalRun;
let marketplace: TestMarketplace;
let stage: EnvironmentSecret;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
  stage = await readEnvironment();
});
afterEach(async () => {
  run.sandbox.faults.clear();
  run.pollers.tiers.resume();
  await writeEnvironment(stage);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

/** As patient as it gets, unless the arguments say otherwise. */
const burst = (...args: string[]) =>
  runPayments(run, ['simulate', 'burst', '--wait', '3600', ...args]);

const everyFault = [
  ...['--duplicate', '0.1', '--second-attempt', '0.1', '--declined', '0.1', '--cancelled', '0.1'],
  ...['--expired', '0.1', '--lost', '0.1', '--abandoned', '0.1'],
];

const resultSchema = z.object({
  run: z.string(),
  seed: z.number(),
  isDone: z.boolean(),
  failures: z.array(z.object({ reason: z.string(), payments: z.number() })),
  fates: z.array(
    z.object({
      fate: z.string(),
      payments: z.number(),
      settled: z.number(),
      open: z.number(),
      failed: z.number(),
      p50Ms: z.number().optional(),
      p95Ms: z.number().optional(),
    }),
  ),
});

/** `3 of 3 settled, 0 open, 0 failed` by fate. */
function countsIn({ fates }: z.infer<typeof resultSchema>): Record<string, string> {
  return Object.fromEntries(
    fates.map(({ fate, payments, settled, open, failed }) => [
      fate,
      `${settled} of ${payments} settled, ${open} open, ${failed} failed`,
    ]),
  );
}

/** Numbers of the buyers of a run that are Pro in the tables: the user, and both records. */
async function prosOf(runId: string, count: number): Promise<number[]> {
  const sk = `solution#${stage.solutionId}`;
  const held = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const userId = `sim-${runId}-${index + 1}`;
      const items = await Promise.all([
        marketplace.get('users', { userId }),
        marketplace.get('entitlements', { pk: `user#${userId}`, sk }),
        marketplace.get('entitlements', { pk: `user#${userId}@example.com`, sk }),
      ]);
      expect(items.every(Boolean), userId).toBe(true);
      const tiers = items.map((item) => item?.subscriptionTier ?? item?.access_tier);
      return tiers.every((tier) => tier === 'pro') ? [index + 1] : [];
    }),
  );
  return held.flat();
}

describe('with every fault', () => {
  it('a buyer who has paid and was heard of is Pro, and the lost ones wait for a sweep', async () => {
    const { exitCode, stdout, stderr } = await burst('10', ...everyFault, '--json');
    expect(exitCode, stderr).toBe(0);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ isDone: true, failures: [] });
    expect(countsIn(result)).toEqual({
      paid: '3 of 3 settled, 0 open, 0 failed',
      duplicate: '1 of 1 settled, 0 open, 0 failed',
      secondAttempt: '1 of 1 settled, 0 open, 0 failed',
      declined: '1 of 1 settled, 0 open, 0 failed',
      cancelled: '1 of 1 settled, 0 open, 0 failed',
      expired: '1 of 1 settled, 0 open, 0 failed',
      lost: '0 of 1 settled, 1 open, 0 failed',
      abandoned: '0 of 1 settled, 1 open, 0 failed',
    });
    for (const { fate, p50Ms, p95Ms } of result.fates) {
      const isTimed = ['paid', 'duplicate', 'secondAttempt'].includes(fate);
      expect(p50Ms !== undefined && p95Ms !== undefined && p50Ms <= p95Ms, fate).toBe(isTimed);
    }
    expect(await prosOf(result.run, 10)).toHaveLength(5);
    expect(await marketplace.get('users', { userId: `sim-${result.run}-11` })).toBeUndefined();
  });

  it('and a sweep, the lost ones are Pro as well', async () => {
    const { exitCode, stdout, stderr } = await burst('10', ...everyFault, '--sweep');
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/paid +│ 3 +│ 3 +│ 0 +│ 0 +│ \d+ ms +│ \d+ ms +│/);
    expect(stdout).toMatch(/paid \(webhook lost\) +│ 1 +│ 1 +│ 0 +│ 0 +│ \d+ ms +│ \d+ ms +│/);
    expect(stdout).toMatch(/left without paying +│ 1 +│ 0 +│ 1 +│ 0 +│ +│ +│ no buyer has paid/);
    const [, runId = ''] =
      /Run (\w+), seed \d+\. Everything stands as it should\./.exec(stdout) ?? [];
    expect(await prosOf(runId, 10)).toHaveLength(6);
    const mailed = async () => {
      const mails = await marketplace.countWelcomeMails();
      const addresses = [...mails.keys()].filter((to) => to.startsWith(`sim-${runId}-`));
      return addresses.map((to) => mails.get(to));
    };
    await expect.poll(mailed).toEqual(Array.from({ length: 6 }, () => 1));
  });
});

it('says who does what before, and keeps what was done', async () => {
  const { stderr } = await burst('3', '--declined', '0.34', '--seed', '9');
  expect(stderr).toContain('stage local  caller root');
  expect(stderr).toMatch(/Make the demo buyers sim-\w+-1 to sim-\w+-3: 2 paid, 1 declined\./);
  expect(stderr).toMatch(/"action":"simulate burst","target":\{"run":"\w+","seed":9/);
  expect(stderr).not.toContain('@');
});

it('deals the same buyers the same fate for the same seed', async () => {
  const pros = [];
  for (const seed of ['5', '5', '6']) {
    const args = ['6', '--declined', '0.5', '--seed', seed, '--rate', '200/s', '--json'];
    const { stdout } = await burst(...args);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result.seed).toBe(Number(seed));
    pros.push(await prosOf(result.run, 6));
  }
  expect(pros[0]).toHaveLength(3);
  expect(pros[1]).toEqual(pros[0]);
  expect(pros[2]).not.toEqual(pros[0]);
});

describe('what goes wrong with single payments', () => {
  it('is a line of the result, and the others are not touched', async () => {
    let refused = 0;
    run.cloud?.intercept(({ operation, body }) => {
      const isUser = operation === 'PutItem' && JSON.stringify(body).includes('subscriptionTier');
      if (!isUser || refused > 0) return undefined;
      refused += 1;
      return { when: 'before', status: 400, errorType: 'AccessDeniedException' };
    });
    run.sandbox.faults.set([{ operation: 'pay', kind: 'status', status: 400, count: 2 }]);
    const { exitCode, stdout } = await burst('8', '--json').finally(() =>
      run.cloud?.intercept(undefined),
    );
    expect(exitCode).toBe(1);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result.isDone).toBe(false);
    expect(countsIn(result)).toEqual({ paid: '5 of 8 settled, 0 open, 3 failed' });
    expect(result.failures).toContainEqual({
      reason: expect.stringContaining('the buyer could not be written: AccessDeniedException'),
      payments: 1,
    });
    expect(result.failures).toContainEqual({
      reason: 'the upgrade was not begun: 502 GATEWAY_REFUSED',
      payments: 2,
    });
  });

  it('shows as open where it is not settled in time, with status 1', async () => {
    await run.pollers.tiers.pause();
    const { exitCode, stdout } = await burst('4', '--declined', '0.5', '--wait', '1');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/paid +│ 2 +│ 0 +│ 2 +│ 0 +│ +│ +│ should be settled by now/);
    expect(stdout).toMatch(/declined +│ 2 +│ \d +│ \d +│ 0/);
    expect(stdout).toContain('Not everything stands as it should.');
  });

  it('a sweep that cannot ask is said, and the lost one is open', async () => {
    run.cloud?.intercept(({ operation }) =>
      operation === 'Query'
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
        : undefined,
    );
    const { exitCode, stdout, stderr } = await burst(
      ...['2', '--lost', '0.5', '--sweep', '--wait', '1'],
    ).finally(() => run.cloud?.intercept(undefined));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('The sweep ended early (AccessDeniedException');
    expect(stdout).toMatch(/paid \(webhook lost\) +│ 1 +│ 0 +│ 1 +│ 0/);
  });
});

describe('nothing is written', () => {
  /** Users: subscribers of earlier bursts may still write other tables. */
  const written = () =>
    run.cloud?.calls
      .list()
      .filter(({ operation, target }) => operation === 'PutItem' && target === stage.tables.users)
      .length;

  it.each([
    ['production', { stage: 'production' }, /^Nothing is simulated on the stage production\./],
    [
      'a stage of the real gateway',
      { gateway: { authUrl: 'https://a.example', baseUrl: 'https://pay.example/apis/pg' } },
      /^The gateway of the stage local is no sandbox: .* Nothing was changed\.$/,
    ],
    [
      'a stage whose gateway has no control calls',
      { gateway: { authUrl: 'https://a.example', baseUrl: 'URL/elsewhere/apis/pg-sandbox' } },
      /^The gateway of the stage local is no sandbox: .* Nothing was changed\.$/,
    ],
    [
      'a stage whose gateway does not answer',
      { gateway: { authUrl: 'https://a.example', baseUrl: 'http://127.0.0.1:1/apis/pg-sandbox' } },
      /^The gateway at http:\/\/127.0.0.1:1\/control: no answer \(.+\)\. Nothing was changed\.$/,
    ],
  ])('on %s', async (_what, changes, words) => {
    const changed = JSON.stringify({ ...stage, ...changes }).replace('URL/', `${run.url}/`);
    await writeEnvironment(JSON.parse(changed));
    const before = written();
    const { exitCode, stdout, stderr } = await burst('3');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trimEnd()).toMatch(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(written()).toBe(before);
  });

  it.each([
    [['101'], 'There is no terminal to ask at: add --yes. Nothing was changed.'],
    [['3', '--stage', 'staging'], 'You mean the stage staging, and this is local.'],
    [['3', '--lost', '0.6', '--declined', '0.5'], 'The rates add up to 1.1'],
    [['3', '--lost', '1.1'], 'a rate is a number from 0 to 1'],
    [['3', '--lost', 'some'], 'a rate is a number from 0 to 1'],
    [['3', '--declined', '-0.1'], 'a rate is a number from 0 to 1'],
    [['0'], 'buyers are a whole number from 1 to 10000'],
    [['many'], 'buyers are a whole number from 1 to 10000'],
    [['3', '--concurrency', '0'], 'buyers at once are a whole number from 1 to 200'],
    [['3', '--rate', '0/s'], 'a rate is so many in a second, 25 or 25/s'],
    [['3', '--seed', 'x'], 'a seed is a whole number'],
    [['3', '--wait', '0'], 'seconds are a whole number from 1 to 3600'],
    [['3', '--slow'], "unknown option '--slow'"],
    [[], "missing required argument 'count'"],
  ])('with %j', async (args, words) => {
    const before = written();
    const { exitCode, stdout, stderr } = await burst(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(written()).toBe(before);
  });
});

async function writeEnvironment(environment: unknown): Promise<void> {
  const client = new SecretsManagerClient({});
  const SecretString = JSON.stringify(environment);
  await client.send(new PutSecretValueCommand({ SecretId: environmentSecret, SecretString }));
  client.destroy();
}
