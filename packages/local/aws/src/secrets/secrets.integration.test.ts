import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';

describe('Secrets Manager on the local endpoint', () => {
  let cloud: LocalCloud;
  let secrets: SecretsManagerClient;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    secrets = createClients(cloud.endpoint).secrets;
  });
  afterAll(() => cloud.stop());

  const create = (Name: string, SecretString = 'one') =>
    secrets.send(new CreateSecretCommand({ Name, SecretString }));
  const read = (SecretId: string, VersionStage?: string) =>
    secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }));

  it('gives a secret back by name and by ARN', async () => {
    const { ARN } = await create('shop/credentials');
    expect(ARN).toMatch(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:shop\/credentials-[0-9a-f]{6}$/,
    );
    expect((await read('shop/credentials')).SecretString).toBe('one');
    expect((await read(ARN ?? '')).SecretString).toBe('one');
  });

  it('keeps binary secrets as they are', async () => {
    const SecretBinary = Buffer.from([0, 255, 128]);
    await secrets.send(new CreateSecretCommand({ Name: 'binary', SecretBinary }));
    expect(Buffer.from((await read('binary')).SecretBinary ?? [])).toEqual(SecretBinary);
  });

  it('has a current and a previous value after each of two ways to rotate', async () => {
    await create('rotated');
    await secrets.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }));
    expect((await read('rotated')).SecretString).toBe('two');
    expect((await read('rotated', 'AWSPREVIOUS')).SecretString).toBe('one');
    await secrets.send(new UpdateSecretCommand({ SecretId: 'rotated', SecretString: 'three' }));
    expect((await read('rotated', 'AWSCURRENT')).SecretString).toBe('three');
    expect((await read('rotated', 'AWSPREVIOUS')).SecretString).toBe('two');
  });

  it('performs a repeated request once', async () => {
    await create('repeated');
    const ClientRequestToken = 'a'.repeat(32);
    const put = (SecretString: string) =>
      secrets.send(
        new PutSecretValueCommand({ SecretId: 'repeated', SecretString, ClientRequestToken }),
      );
    const first = await put('two');
    const second = await put('two');
    expect(second.VersionId).toBe(first.VersionId);
    expect((await read('repeated', 'AWSPREVIOUS')).SecretString).toBe('one');
    await expect(put('other')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('describes and lists secrets without their values', async () => {
    await secrets.send(
      new CreateSecretCommand({ Name: 'listed', SecretString: 'hush', Description: 'of the shop' }),
    );
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: 'listed' }));
    const { SecretList } = await secrets.send(new ListSecretsCommand({}));
    expect(described).toMatchObject({ Name: 'listed', Description: 'of the shop' });
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
    expect(SecretList?.map((secret) => secret.Name)).toContain('listed');
    expect(JSON.stringify([described, SecretList])).not.toContain('hush');
  });

  it('forgets a secret that is deleted for good', async () => {
    await create('doomed');
    await secrets.send(
      new DeleteSecretCommand({ SecretId: 'doomed', ForceDeleteWithoutRecovery: true }),
    );
    await expect(read('doomed')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await create('doomed', 'again');
    expect((await read('doomed')).SecretString).toBe('again');
  });

  it('locks a secret that is marked for deletion until it is restored', async () => {
    await create('marked');
    await secrets.send(new DeleteSecretCommand({ SecretId: 'marked' }));
    await expect(read('marked')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(create('marked')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await secrets.send(new RestoreSecretCommand({ SecretId: 'marked' }));
    expect((await read('marked')).SecretString).toBe('one');
  });

  it('names its errors as AWS does', async () => {
    await create('taken');
    await expect(create('taken')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await expect(read('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(read('taken', 'AWSPREVIOUS')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('AWSPREVIOUS'),
    });
  });

  it.each([
    ['tags', new CreateSecretCommand({ Name: 'new', Tags: [{ Key: 'a', Value: 'b' }] })],
    ['a key of its own', new CreateSecretCommand({ Name: 'new', KmsKeyId: 'key' })],
    ['filters', new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['a'] }] })],
    ['an empty value', new PutSecretValueCommand({ SecretId: 'new', SecretString: '' })],
    ['no value', new PutSecretValueCommand({ SecretId: 'new' })],
    [
      'stages by hand',
      new PutSecretValueCommand({ SecretId: 'new', SecretString: 'a', VersionStages: ['MINE'] }),
    ],
  ])('refuses %s', async (_what, command) => {
    await expect(send(secrets, command)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

function send(
  secrets: SecretsManagerClient,
  command: CreateSecretCommand | ListSecretsCommand | PutSecretValueCommand,
): Promise<unknown> {
  if (command instanceof CreateSecretCommand) return secrets.send(command);
  return command instanceof ListSecretsCommand ? secrets.send(command) : secrets.send(command);
}
