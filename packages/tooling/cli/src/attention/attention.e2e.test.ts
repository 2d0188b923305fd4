import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import {
  type FactForAttention,
  raiseAttention,
  readAttention,
} from '@cloudnestle/payments/attention/attention';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

const attention = (...args: string[]) => runPayments(run, ['attention', ...args]);
const resolve = (id: string, reason: string, ...args: string[]) =>
  attention('resolve', id, '--reason', reason, '--why', 'answered in the dashboard', ...args);
const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T10:00:00.000Z`;

/** An order that needs an operator for all of these. */
async function addOrder(...facts: FactForAttention[]): Promise<string> {
  let row: Record<string, unknown> = sampleRow();
  for (const fact of facts) row = { ...row, ...raiseAttention(row, fact, { shardCount: 1 }) };
  await marketplace.put('transactions', row);
  return String(row.transactionId);
}
const standingOf = async (transactionId: string) =>
  readAttention((await marketplace.get('transactions', { transactionId })) ?? {}).map(
    ({ reason }) => reason,
  );

describe('the list', () => {
  it('says so where no order needs an operator', async () => {
    const { exitCode, stdout, stderr } = await attention('list');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: 'local: no order needs an operator.\n',
      stderr: '',
    });
  });

  it('has every order by reason and age, each with the command that repairs it, and no address', async () => {
    const young = await addOrder({ reason: 'DISPUTE', at: day(3), id: 'd', detail: 'case 7' });
    const both = await addOrder(
      { reason: 'DISPUTE', at: day(1), id: 'd', detail: 'told by anna@example.com' },
      { reason: 'MISMATCH', at: day(2), id: 'm' },
    );
    const { exitCode, stdout } = await attention('list');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('local: 2 orders need an operator.');
    expect(stdout).toMatch(/^MISMATCH \(1\): .* See docs\/runbooks\/attention-mismatch\.md$/m);
    expect(stdout).toMatch(
      new RegExp(
        `MISMATCH[^]*./payments payment ${both} --repair[^]*DISPUTE \\(2\\)[^]*${both}[^]*${young}`,
      ),
    );
    expect(stdout).toMatch(
      new RegExp(`./payments attention resolve ${young} --reason DISPUTE --seen \\d+ --why "..."`),
    );
    expect(stdout).toContain('a***@example.com');

    const { reasons } = JSON.parse(
      (await attention('list', '--reason', 'dispute', '--json')).stdout,
    );
    expect(reasons).toEqual([
      {
        reason: 'DISPUTE',
        runbook: 'docs/runbooks/attention-dispute.md',
        orders: [
          expect.objectContaining({ transactionId: both, since: day(1) }),
          expect.objectContaining({ transactionId: young, since: day(3), detail: 'case 7' }),
        ],
      },
    ]);
    await Promise.all([both, young].map((id) => resolve(id, 'DISPUTE')));
    await resolve(both, 'MISMATCH');
    expect((await attention('list')).stdout).toContain('no order needs an operator');
  });
});

describe('an operator’s word', () => {
  it('ends the reason alone, says who and where before, and leaves a trace', async () => {
    const id = await addOrder(
      { reason: 'DISPUTE', at: day(1), id: 'd' },
      { reason: 'CHARGED_TWICE', at: day(2), id: 'c' },
    );
    const { exitCode, stdout, stderr } = await resolve(id, 'DISPUTE');
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toBe(
      `DISPUTE of ${id} has ended.\nIt still needs an operator for CHARGED_TWICE: ./payments attention resolve ${id} --reason CHARGED_TWICE --seen 3 --why "..."\n`,
    );
    expect(stderr).toMatch(
      /^account 000000000000 .* caller root\nEnd DISPUTE of txn_.*: answered in the dashboard\n/,
    );
    const trace = JSON.parse(stderr.split('\n').find((line) => line.startsWith('{')) ?? '');
    expect(trace).toMatchObject({
      action: 'attention resolve',
      caller: 'root',
      target: { transactionId: id, reason: 'DISPUTE', why: 'answered in the dashboard' },
      counts: { resolved: 1 },
    });
    expect(await standingOf(id)).toEqual(['CHARGED_TWICE']);
    const row = await marketplace.get('transactions', { transactionId: id });
    expect(row?.attentionResolved).toMatchObject({ DISPUTE: { by: 'root' } });
  });

  it('said a second time is told that it was said before', async () => {
    const id = await addOrder({ reason: 'DISPUTE', at: day(1), id: 'd' });
    await resolve(id, 'DISPUTE');
    const { exitCode, stdout } = await resolve(id, 'DISPUTE', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ isOurs: false, by: 'root', left: [] });
  });

  it('is asked for the stage’s name on production, and else changes nothing', async () => {
    const id = await addOrder({ reason: 'DISPUTE', at: day(1), id: 'd' });
    const secrets = new SecretsManagerClient({});
    const SecretId = 'marketplace/payments/environment';
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const production = JSON.stringify({ ...JSON.parse(SecretString), stage: 'production' });
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: production }));
    const asked = await resolve(id, 'DISPUTE', '--yes');
    const standing = await standingOf(id);
    const meant = await resolve(id, 'DISPUTE', '--stage', 'production');
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    secrets.destroy();
    expect(asked).toMatchObject({ exitCode: 1, stdout: '' });
    expect(asked.stderr).toContain('add --stage production. Nothing was changed.');
    expect(standing).toEqual(['DISPUTE']);
    expect(meant.exitCode, meant.stderr).toBe(0);
    expect(await standingOf(id)).toEqual([]);
  });
});

it.each([
  [
    ['resolve', 'txn_MP-unknown-1-aaaaaa', '--reason', 'DISPUTE', '--why', 'done'],
    'There is no order',
  ],
  [['resolve', 'txn MP', '--reason', 'DISPUTE', '--why', 'done'], '"txn MP" is no order'],
  [
    ['resolve', 'txn_MP-a-1-aaaaaa', '--reason', 'BORED', '--why', 'done'],
    'a reason is one of MISM',
  ],
  [['resolve', 'txn_MP-a-1-aaaaaa', '--reason', 'DISPUTE', '--why', ' '], '--why is 1 to 500'],
  [
    ['resolve', 'txn_MP-a-1-aaaaaa', '--reason', 'DISPUTE', '--why', 'anna@example.com'],
    'leave addr',
  ],
  [['resolve', 'txn_MP-a-1-aaaaaa', '--why', 'done'], "required option '--reason"],
  [
    ['resolve', 'txn_MP-a-1-aaaaaa', '--reason', 'DISPUTE', '--why', '...'],
    'what was done, in words',
  ],
  [['list', '--reason', 'x'], 'a reason is one of MISMATCH'],
])('attention %j ends with words and status 1', async (args, words) => {
  const { exitCode, stdout, stderr } = await attention(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
});

it('ends with words where the reason does not stand', async () => {
  const id = await addOrder({ reason: 'DISPUTE', at: day(1), id: 'd' });
  const { exitCode, stderr } = await resolve(id, 'CHARGED_TWICE');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `${id} does not need an operator for CHARGED_TWICE. Nothing was changed.`,
  );
  expect(await standingOf(id)).toEqual(['DISPUTE']);
});
