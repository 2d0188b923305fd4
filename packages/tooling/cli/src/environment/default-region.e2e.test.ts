import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnPayments } from '../testing/spawn-payments.ts';

const nowhere = { awsEndpoint: 'http://127.0.0.1:1' };

let folder: string;
let variables: Record<string, string | undefined>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payments-profiles-'));
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  await writeFile(
    config,
    '[profile india]\nregion = ap-south-1\n[profile elsewhere]\noutput = json\n',
  );
  const keys = 'aws_access_key_id = local\naws_secret_access_key = local';
  await writeFile(credentials, `[india]\n${keys}\n[elsewhere]\n${keys}\n[default]\n${keys}\n`);
  variables = {
    AWS_REGION: undefined,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['AWS_DEFAULT_REGION alone', { AWS_DEFAULT_REGION: 'sa-east-1' }, 'sa-east-1'],
  ['an empty AWS_REGION', { AWS_DEFAULT_REGION: 'sa-east-1', AWS_REGION: '' }, 'sa-east-1'],
  ['AWS_REGION too', { AWS_DEFAULT_REGION: 'sa-east-1', AWS_REGION: 'eu-west-1' }, 'eu-west-1'],
  [
    'a profile with a region',
    { AWS_DEFAULT_REGION: 'sa-east-1', AWS_PROFILE: 'india' },
    'ap-south-1',
  ],
  [
    'a profile without a region',
    { AWS_DEFAULT_REGION: 'sa-east-1', AWS_PROFILE: 'elsewhere' },
    'sa-east-1',
  ],
])('works with %s in the region that %j leads to: %s', async (_what, more, region) => {
  const { exitCode, stderr } = await spawnPayments(nowhere, ['dlq', 'list'], {
    variables: { ...variables, ...more },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Secrets Manager in ${region} does not answer`);
});
