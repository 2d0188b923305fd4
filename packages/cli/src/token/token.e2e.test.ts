import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
])('payments token %j ends with words and prints no token', async (args, words) => {
  const { exitCode, stdout, stderr } = await payments('token', ...args);
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

// Last: the stage is another one after this.
it('says where tokens come from on a stage whose people sign in with a password', async () => {
  const { admins, ...environment } = await readEnvironment();
  await writeEnvironment({
    ...environment,
    stage: 'prod',
    admins: { issuer: admins.issuer, clientIds: ['client-1', 'client-2'] },
  });
  const { exitCode, stdout, stderr } = await payments('token', '--admin');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('stage prod come from its Cognito user pool');
  expect(stderr).toContain('aws cognito-idp initiate-auth --auth-flow USER_PASSWORD_AUTH');
  expect(stderr).toContain('--client-id client-1 ');
  expect(stderr).not.toMatch(/\n\s+at /);

  await writeEnvironment({ ...environment, admins: { ...admins, tokenUrl: 'http://127.0.0.1:1' } });
  const gone = await payments('token');
  expect(gone).toMatchObject({ exitCode: 1, stdout: '' });
  expect(gone.stderr).toContain('does not answer');
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
