import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { localAdmins } from '@cloudnestle/dev/issuer/local-user-pool';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../environment/read-environment.ts';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
});
afterAll(() => run?.stop());

it('prints a token that the admin route takes, and nothing else', async () => {
  const { exitCode, stdout, stderr } = await payments('token', '--admin');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect(await knock(undefined)).toBe(401);
  expect(await knock(`Bearer ${stdout.trim()}`)).not.toBe(401);
  const { iat, exp, ...claims } = claimsOf(stdout);
  expect(claims).toMatchObject({ token_use: 'id', 'cognito:groups': ['admin'] });
  expect(Number(exp) - Number(iat)).toBe(3600);
});

it('prints the kind of token and the life that were asked for, and no group by itself', async () => {
  const { stdout } = await payments('token', '--use', 'access', '--expires-in', '60');
  const { iat, exp, ...claims } = claimsOf(stdout);
  expect(claims).toMatchObject({ token_use: 'access', client_id: expect.any(String) });
  expect(claims).not.toHaveProperty('cognito:groups');
  expect(Number(exp) - Number(iat)).toBe(60);
});

it.each([
  [['--use', 'refresh'], 'Allowed choices are id, access'],
  [['--expires-in', '0'], 'seconds are a whole number'],
  [['--expires-in', '86401'], 'seconds are a whole number'],
])('./payments token %j ends with words and prints no token', async (args, words) => {
  const { exitCode, stdout, stderr } = await payments('token', ...args);
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

describe('an admin who signs in', () => {
  const { plain, careful, fresh } = localAdmins;

  it('gets a token that the admin route takes, and types a password that is shown nowhere', async () => {
    const { exitCode, stdout, stderr } = await runPayments(
      run,
      ['token', '--admin', '--user', ''],
      {
        answers: [plain.email, plain.password],
      },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Email: Password: \n' });
    expect(await knock(`Bearer ${stdout.trim()}`)).not.toBe(401);
    expect(claimsOf(stdout)).toMatchObject({
      token_use: 'id',
      aud: 'local-terminal-client',
      email: plain.email,
      'cognito:groups': ['admin'],
    });
  });

  it('in a script has the lines of standard input answer, and gets the other token where that is asked for', async () => {
    const args = ['token', '--user', careful.email, '--use', 'access'];
    const input = `${careful.password}\n${careful.softwareTokenCode}\n`;
    const { exitCode, stdout, stderr } = await runPayments(run, args, { input });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(claimsOf(stdout)).toMatchObject({ token_use: 'access', username: careful.username });
  });

  it('is asked for the code of the app on the phone', async () => {
    const answers = [careful.password, careful.softwareTokenCode ?? ''];
    const { exitCode, stderr } = await signIn(careful, answers);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'Password: \nCode of your authenticator app: ',
    });
  });

  it('chooses a password where an administrator chose the first, and uses it from then on', async () => {
    const chosen = 'Chosen-by-me-1';
    const first = await signIn(fresh, [fresh.password, chosen, 'mistyped', chosen, chosen]);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toMatch(/choose your own now[\s\S]*These two are not the same/);
    expect(first.stderr).not.toContain(chosen);
    expect(await signIn(fresh, [fresh.password])).toMatchObject({ exitCode: 1, stdout: '' });
    expect(await signIn(fresh, [chosen])).toMatchObject({ exitCode: 0 });

    const asAdmin = await signIn(fresh, [chosen], '--admin');
    expect(asAdmin).toMatchObject({ exitCode: 1, stdout: '' });
    expect(asAdmin.stderr).toContain(
      `${fresh.email} is not in the group admin. An administrator of the pool puts them into it:\n` +
        `  aws cognito-idp admin-add-user-to-group --user-pool-id us-east-1_LocalAdmins --username ${fresh.email} --group-name admin`,
    );
  });

  it.each([
    ['another password', plain, ['wrong'], 'Not signed in: Incorrect username or password.'],
    ['another code', careful, [careful.password, '000000'], 'Not signed in: Invalid code'],
    ['nothing at all', plain, [], 'Not signed in.'],
  ])('is told so with %s, and gets no token', async (_what, user, answers, words) => {
    const { exitCode, stdout, stderr } = await signIn(user, answers);
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['--user', plain.email], '', 'There is no terminal, so you cannot be asked for the password'],
    [
      ['--user', careful.email],
      `${careful.password}\n`,
      'asked for the code of your authenticator app',
    ],
    [['--user', ''], '', 'There is no terminal, so you cannot be asked who signs in: add --user.'],
    [['--user', plain.email, '--expires-in', '60'], '', 'leave out --expires-in'],
  ])('in a script is told what is missing: %j', async (args, input, words) => {
    const { exitCode, stdout, stderr } = await runPayments(run, ['token', ...args], { input });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('learns that it takes AWS rights besides', async () => {
    run.cloud?.intercept(({ service }) =>
      service === 'cognito-idp'
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
        : undefined,
    );
    onTestFinished(() => run.cloud?.intercept(undefined));
    const { exitCode, stderr } = await signIn(plain, [plain.password]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('may not do cognito-idp:AdminInitiateAuth');
    expect(stderr).toContain('The policy for operators who repair allows it.');
  });

  const signIn = ({ email }: { email: string }, answers: readonly string[], ...more: string[]) =>
    runPayments(run, ['token', '--user', email, ...more], { answers });
});

describe('on a stage that is deployed', () => {
  const { plain } = localAdmins;

  it('asks who signs in without being told to, and prints the kind of token that the stage takes', async () => {
    await deploy({ tokenUse: 'access' });
    const { exitCode, stdout } = await runPayments(run, ['token', '--admin'], {
      answers: [plain.email, plain.password],
    });
    expect(exitCode).toBe(0);
    expect(claimsOf(stdout)).toMatchObject({ token_use: 'access', 'cognito:groups': ['admin'] });
  });

  it.each([
    [
      'its client does not allow what the command does',
      { terminal: { userPoolId: 'us-east-1_LocalAdmins', clientId: 'local-client' } },
      /Auth flow not enabled[\s\S]*Does the app client local-client allow ADMIN_USER_PASSWORD_AUTH\?/,
    ],
    [
      'its pool is gone',
      { terminal: { userPoolId: 'us-east-1_Gone', clientId: 'local-client' } },
      /User pool us-east-1_Gone does not exist\. Deploy the stage again\./,
    ],
    ['its pool has no client for terminals', { terminal: undefined }, /terminalClientId in stacks/],
  ])('says what to do where %s', async (_what, admins, words) => {
    await deploy(admins);
    const { exitCode, stdout, stderr } = await runPayments(run, ['token', '--user', plain.email], {
      answers: [plain.password],
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('says that the issuer of a local run is gone', async () => {
    await deploy({ tokenUrl: 'http://127.0.0.1:1' });
    const { exitCode, stdout, stderr } = await payments('token');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('does not answer');
  });

  /** The environment as a deployment writes it, until the test is over. */
  async function deploy(changes: Partial<EnvironmentSecret['admins']>): Promise<void> {
    const environment = await readEnvironment();
    onTestFinished(() => writeEnvironment(environment));
    const admins = { ...environment.admins, tokenUrl: undefined, ...changes };
    await writeEnvironment({ ...environment, stage: 'production', admins });
  }
});

const payments = (...args: string[]) => runPayments(run, args);

async function knock(authorization: string | undefined): Promise<number> {
  const answer = await fetch(`${run.url}/payments/reconciliation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: '{}',
  });
  return answer.status;
}

function claimsOf(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}

async function writeEnvironment(environment: unknown): Promise<void> {
  const client = new SecretsManagerClient({});
  const SecretString = JSON.stringify(environment);
  await client.send(new PutSecretValueCommand({ SecretId: environmentSecret, SecretString }));
  client.destroy();
}
