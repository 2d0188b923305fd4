import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finished } from '../testing/run-payments.ts';
import { spawnPayments } from '../testing/spawn-payments.ts';
import { type Purchase, type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
let damaged: Purchase;
beforeAll(async () => {
  scene = await startScene();
  damaged = await scene.buy();
  await scene.marketplace.damage.user(damaged.buyer);
});
afterAll(() => scene?.stop());

async function expectUnchanged(): Promise<void> {
  await scene.run.idle();
  const { tier } = await scene.marketplace.effectsOn(damaged.buyer, damaged.order.transactionId);
  expect(tier).toBe('registered');
}

function expectOneLine({ exitCode, stdout, stderr }: Finished): void {
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}

it.each([
  ['an unknown order id', ['txn_MP-unknown-1732356000-abc123'], 'neither an order nor'],
  ['an unknown user id', ['unknown'], '"unknown" is neither an order nor a user'],
  ['an address of no user', ['no@body.example'], 'No user has this address. Try the user id'],
  ['what is no id', ['txn MP'], '"txn MP" is neither'],
  ['nothing', [''], '"" is neither'],
  ['two wishes', ['x', '--repair', '--resend-mail'], 'Either --repair or --resend-mail'],
])('%s ends with one line and status 1', async (_what, args, words) => {
  const answer = await scene.payment(...args);
  expectOneLine(answer);
  expect(answer.stderr).toContain(words);
});

it('says that a user has no order', async () => {
  const buyer = await scene.marketplace.addBuyer();
  for (const id of [buyer.userId, buyer.email]) {
    const answer = await scene.payment(id);
    expectOneLine(answer);
    expect(answer.stderr).toContain('has no order on the stage local');
    expect(answer.stderr).not.toContain(buyer.email);
  }
});

describe('a refusal does not let stored text steer the terminal', () => {
  const attack = '\u001b[2J\u202e';

  it.each([
    [
      'of an order that cannot be read',
      async () => {
        const { order } = await scene.open();
        const { plan, ...row } = (await scene.row(order.transactionId)) ?? {};
        await scene.marketplace.put('transactions', { ...row, tier: attack });
        return order.transactionId;
      },
    ],
    [
      'of a user without orders',
      async () => {
        const email = 'odd@example.com';
        await scene.marketplace.put('users', { userId: attack, email });
        return email;
      },
    ],
  ])('%s', async (_what, cause) => {
    const answer = await scene.payment(await cause());
    expectOneLine(answer);
    expect(answer.stderr).toContain(String.raw`\u001b[2J\u202e`);
    expect(answer.stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

it.each([
  ['a flag that there is not', ['x', '--fix']],
  ['no order', []],
])('%s ends with status 1 and a hint at the help', async (_what, args) => {
  const { exitCode, stderr } = await scene.payment(...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('./payments payment --help');
});

it('another stage than the one that is meant is not touched', async () => {
  const answer = await scene.payment(
    damaged.order.transactionId,
    '--repair',
    '--stage',
    'production',
  );
  expectOneLine(answer);
  expect(answer.stderr).toContain('You mean the stage production, and this is local');
  await expectUnchanged();
});

it.each([
  ['only looked at', []],
  ['repaired where nothing is to be', ['--repair']],
])('nor %s', async (_what, args) => {
  const healthy = await scene.buy();
  const id = healthy.order.transactionId;
  const answer = await scene.payment(id, ...args, '--stage', 'production');
  expectOneLine(answer);
  expect(answer.stderr).toContain('You mean the stage production, and this is local');
  expect((await scene.payment(id, ...args, '--stage', 'local')).exitCode).toBe(0);
});

it('an endpoint that does not answer is named, with status 1', async () => {
  const nowhere = { awsEndpoint: 'http://127.0.0.1:1' };
  const answer = await spawnPayments(nowhere, ['payment', 'x', '--repair']);
  expectOneLine(answer);
  expect(answer.stderr).toMatch(/does not answer.*127\.0\.0\.1:1/);
});

it('missing credentials are said in words, and nothing is changed', async () => {
  const answer = await runWithoutCredentials('payment', damaged.order.transactionId, '--repair');
  expectOneLine(answer);
  expect(answer.stderr).toMatch(/^No AWS credentials were found/);
  await expectUnchanged();
});

it('a table that AWS refuses to show ends with words', async () => {
  scene.run.cloud?.intercept(({ service, body }) =>
    service === 'dynamodb' && JSON.stringify(body).includes('payment-transactions')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const answer = await scene.payment(damaged.order.transactionId, '--repair');
  scene.run.cloud?.intercept(undefined);
  expectOneLine(answer);
  expect(answer.stderr).toMatch(/^AWS refused \(AccessDeniedException/);
  await expectUnchanged();
});

it('an operator without PhonePe’s credentials repairs nothing that needs its word', async () => {
  scene.run.cloud?.intercept(({ service, body }) =>
    service === 'secretsmanager' && JSON.stringify(body).includes('phonepe')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const { exitCode, stdout } = await scene.payment(damaged.order.transactionId, '--repair');
  scene.run.cloud?.intercept(undefined);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Nothing was published: ');
  await expectUnchanged();
});

function runWithoutCredentials(...args: string[]): Promise<Finished> {
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: scene.run.awsEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  };
  const main = join(import.meta.dirname, '../main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
