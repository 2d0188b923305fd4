import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { createLook } from '@cloudnestle/dev/testing/look';
import { secrets as names } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { runPayments } from '../../testing/run-payments.ts';
import { type Subject, startSubject } from '../testing/subject.ts';

let subject: Subject;
let client: SecretsManagerClient;

beforeAll(async () => {
  subject = await startSubject();
  client = new SecretsManagerClient({});
  // The webhook's function keeps the credentials that it reads at its first call: sound ones, whatever comes then.
  await subject.examine();
});
afterAll(async () => {
  client?.destroy();
  await subject?.stop();
});

const { gatewayCredentials, tokenSecret } = names;

it.each([
  [
    'without fields',
    { clientId: 'hush-1', clientVersion: 'hush-2', webhookCredentials: [{ username: 'hush-3' }] },
    'missing or malformed: clientSecret, clientVersion, merchantId, webhookCredentials.0.password',
  ],
  ['that are no JSON', 'hush-hush', 'is no JSON object'],
])('names what is wrong with credentials %s, and never a value', async (_what, value, words) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  await subject.keep(gatewayCredentials, text);
  const { exitCode, output, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong[0]).toBe(`secrets | ${gatewayCredentials} | ${words}`);
  expect(wrong.slice(1)).toEqual([expect.stringMatching(/^gateway .*cannot be asked/)]);
  const table = await runPayments(subject.run, ['doctor']);
  expect(output + table.stdout + table.stderr).not.toContain('hush');
});

it.each([
  ['is too short', '{"tokenSecret":"hush"}', 'missing or malformed: tokenSecret'],
  ['is no JSON', 'hush', 'is no JSON object'],
])('says that the token secret %s, and never its value', async (_what, text, words) => {
  await subject.keep(tokenSecret, text);
  const { exitCode, output, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [`secrets | ${tokenSecret} | ${words}`],
  });
  expect(output).not.toContain('hush');
});

it('shows no value of sound secrets either', async () => {
  const look = createLook(subject.run);
  const values = await Promise.all([look.secret(gatewayCredentials), look.secret(tokenSecret)]);
  look.destroy();
  const { output } = await subject.examine();
  const table = await runPayments(subject.run, ['doctor']);
  const texts = JSON.stringify(values).match(/"[^"]{6,}"(?!:)/g) ?? [];
  expect(texts.length).toBeGreaterThan(5);
  for (const text of texts) expect(output + table.stdout).not.toContain(text.slice(1, -1));
});

it.each([gatewayCredentials, tokenSecret])('names %s where it is gone', async (name) => {
  const look = createLook(subject.run);
  const kept = JSON.stringify(await look.secret(name));
  look.destroy();
  await client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
  onTestFinished(async () => {
    await client.send(new CreateSecretCommand({ Name: name, SecretString: kept }));
  });
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [`secrets | ${name} | there is no such secret`],
  });
});

it('neither looks at credentials that the caller may not read nor asks the gateway with them', async () => {
  subject.run.cloud?.intercept(({ service, body }) =>
    service === 'secretsmanager' && JSON.stringify(body).includes(gatewayCredentials)
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  onTestFinished(() => subject.run.cloud?.intercept(undefined));
  const { exitCode, wrong, notChecked } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({ exitCode: 0, wrong: [] });
  const denied = 'the caller may not do secretsmanager:GetSecretValue';
  expect(notChecked).toContain(`secrets | ${gatewayCredentials} | ${denied}`);
  for (const asked of ['gateway', 'merchant']) {
    expect(notChecked).toContainEqual(expect.stringMatching(new RegExp(`^${asked} .*${denied}$`)));
  }
});
