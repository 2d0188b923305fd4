import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { readEnvironment } from './read-environment.ts';

const name = 'marketplace/payments/environment';

let run: LocalRun;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  // The run points this process's SDK environment at its own cloud.
  run = await startTestRun({ demoData: false });
  secrets = new SecretsManagerClient({});
});
afterEach(() => {
  vi.unstubAllEnvs();
  run.cloud?.intercept(undefined);
});
afterAll(async () => {
  secrets?.destroy();
  await run?.stop();
});

it('reads what a stage has written, from where the SDK’s own environment leads', async () => {
  expect(await readEnvironment()).toMatchObject({
    stage: 'local',
    apiUrl: run.url,
    tables: { users: run.topology.tables.users.name },
    queues: run.provisioned.queues,
    admins: { tokenUrl: expect.stringContaining(run.url) },
  });
});

it('reads the stage that PAYMENTS_STAGE names, where several fit into one account', async () => {
  vi.stubEnv('PAYMENTS_STAGE', 'asha');
  await expect(readEnvironment()).rejects.toMatchObject({
    message: expect.stringContaining(`no secret asha/${name} here`),
  });
  await secrets.send(
    new CreateSecretCommand({
      Name: `asha/${name}`,
      SecretString: JSON.stringify({ ...(await readOther()), stage: 'asha' }),
    }),
  );
  expect(await readEnvironment()).toMatchObject({ stage: 'asha' });
});

it.each([
  ['is of another version', { stage: '', apiUrl: 'https://api.example' }, 'stage, gateway, '],
  ['is no object', [1], 'everything)'],
])('names what does not fit where the secret %s, and no value', async (_what, secret, words) => {
  const kept = JSON.stringify(await readEnvironment());
  await write(JSON.stringify(secret));
  onTestFinished(() => write(kept));
  await expect(readEnvironment()).rejects.toMatchObject({
    name: 'CliError',
    message: expect.stringContaining(`(${words}`),
  });
});

it('says that it may not read the secret', async () => {
  run.cloud?.intercept(({ service }) =>
    service === 'secretsmanager'
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  await expect(readEnvironment()).rejects.toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(/does not show the secret.*AccessDenied/),
  });
});

it.each([
  ['nothing answers', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /does not answer.*127.0.0.1:1/],
  ['there is no region', { AWS_REGION: undefined }, /^No AWS region is set/],
  [
    'there are no credentials',
    { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    /^No AWS credentials were found/,
  ],
])('says it in words where %s', async (_what, variables, message) => {
  for (const [variable, value] of Object.entries({ ...nothingElse, ...variables })) {
    vi.stubEnv(variable, value);
  }
  await expect(readEnvironment()).rejects.toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(message),
  });
});

/** Nothing of the machine's own account helps out. */
const nothingElse = {
  AWS_PROFILE: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
};

// Last: the secret is gone after this.
it('asks an operator who has no stage here whether this is the right account and region', async () => {
  await secrets.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
  await expect(readEnvironment()).rejects.toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(new RegExp(`no secret ${name} here.*region \\(us-east-1\\)`)),
  });
});

async function write(SecretString: string): Promise<void> {
  await secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
}

/** The content of the stage without a prefix. */
async function readOther(): Promise<object> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  return JSON.parse(SecretString);
}
