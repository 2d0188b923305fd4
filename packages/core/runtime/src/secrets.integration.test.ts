import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { cloudTest as it } from '@cloudnestle/test-kit/cloud-test';
import { expect } from 'vitest';
import { createSecretReader } from './secrets.ts';

it('reads a secret once and again only when asked for a fresh one', async ({ cloud }) => {
  await cloud.writeSecret('some/secret', { key: 'old' });
  const read = createSecretReader('some/secret');
  expect(await read({ fresh: false })).toEqual({ key: 'old' });
  await cloud.writeSecret('some/secret', { key: 'new' });
  expect(await read({ fresh: false })).toEqual({ key: 'old' });
  expect(await read({ fresh: true })).toEqual({ key: 'new' });
  expect(await read({ fresh: false })).toEqual({ key: 'new' });
});

it('names the secret and never its text', async ({ cloud }) => {
  await expect(createSecretReader('no/such')({ fresh: false })).rejects.toThrow();
  const broken = 'hunter2 is no JSON';
  await cloud.writeSecret('broken/secret', 'x');
  await cloud.secrets.send(
    new PutSecretValueCommand({ SecretId: 'broken/secret', SecretString: broken }),
  );
  const read = createSecretReader('broken/secret')({ fresh: true });
  await expect(read).rejects.toThrow('broken/secret');
  await expect(read).rejects.not.toThrow('hunter2');
});
