import { ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { createSecrets } from './secrets.ts';
import { spoil } from './testing/create-quiet-aws.ts';

it('rotates a secret and keeps the value before, and no caller can change what is kept', () => {
  const secrets = createSecrets({ now: () => 1000 });
  const read = (VersionStage?: string) =>
    secrets.execute('GetSecretValueCommand', {
      SecretId: 'a/b',
      ...(VersionStage ? { VersionStage } : {}),
    });
  expect(() => read()).toThrow(ResourceNotFoundException);
  secrets.rotate('a/b', { key: 1 });
  secrets.rotate('a/b', { key: 2 });
  const expected = {
    Name: 'a/b',
    SecretString: '{"key":2}',
    VersionStages: ['AWSCURRENT'],
    CreatedDate: new Date(1000),
  };
  const answer = read();
  expect(answer).toMatchObject(expected);
  spoil(answer);
  expect(read()).toMatchObject(expected);
  expect(read('AWSPREVIOUS')).toMatchObject({ SecretString: '{"key":1}' });
});
