import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { outcomeOf, runs } from './testing/compare.ts';
import { createQuietAws } from './testing/create-quiet-aws.ts';

let cloud: TestCloud;
let client: SecretsManagerClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  client = new SecretsManagerClient({ maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const tokens = ['1', '2', '3'].map((digit) => digit.repeat(32));
const anyToken = fc.constantFrom(...tokens);
const anyText = fc.constantFrom('{"a":1}', '{"a":2}', 'é', '');
const anyName = fc.constantFrom('one', 'two');

/** Commands with the secret's name still to be made the run's own. Every version has an id that the call gives. */
const anyCall = fc.oneof(
  call('CreateSecret', {
    Name: anyName,
    SecretString: anyText,
    ClientRequestToken: anyToken,
  }),
  call('PutSecretValue', {
    SecretId: anyName,
    SecretString: anyText,
    ClientRequestToken: anyToken,
  }),
  call('UpdateSecret', {
    SecretId: anyName,
    SecretString: anyText,
    ClientRequestToken: anyToken,
  }),
  call('GetSecretValue', { SecretId: anyName }),
  call('GetSecretValue', {
    SecretId: anyName,
    VersionStage: fc.constantFrom('AWSCURRENT', 'AWSPREVIOUS', 'MINE'),
  }),
  call('GetSecretValue', { SecretId: anyName, VersionId: anyToken }),
  call('DescribeSecret', { SecretId: anyName }),
  call('DeleteSecret', { SecretId: anyName }),
  call('RestoreSecret', { SecretId: anyName }),
);

function call(name: string, input: Record<string, fc.Arbitrary<string>>) {
  return fc.record({ name: fc.constant(name), input: fc.record(input) });
}

let begun = 0;

it('Secrets Manager in memory answers as the emulator does to any sequence of calls', async () => {
  const { secrets } = createQuietAws();
  const anyCalls = fc.array(anyCall, { minLength: 5, maxLength: 30, size: 'max' });
  await fc.assert(
    fc.asyncProperty(anyCalls, async (calls) => {
      begun += 1;
      for (const { name, input } of calls) {
        const own = Object.fromEntries(
          Object.entries(input).map(([key, value]) => [
            key,
            key === 'Name' || key === 'SecretId' ? `run${begun}/${value}` : value,
          ]),
        );
        const model = await outcomeOf(() => secrets.execute(`${name}Command`, own));
        const emulator = await outcomeOf(() => sendReal(name, own));
        expect(withoutTimes(model), `${name} ${JSON.stringify(own)}`).toEqual(
          withoutTimes(emulator),
        );
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
});

function withoutTimes(outcome: unknown): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value) => {
      if (key.endsWith('Date')) return 'a time';
      return key === 'ARN' ? String(value).replace(/-[^-]{6}$/, '') : value;
    }),
  );
}

/** The client passes on what it is given, right or wrong, and what is wrong is compared too: nothing is checked here. */
const asGiven = z.custom<
  ConstructorParameters<typeof CreateSecretCommand>[0] &
    ConstructorParameters<typeof PutSecretValueCommand>[0] &
    ConstructorParameters<typeof UpdateSecretCommand>[0] &
    ConstructorParameters<typeof GetSecretValueCommand>[0] &
    ConstructorParameters<typeof DescribeSecretCommand>[0] &
    ConstructorParameters<typeof DeleteSecretCommand>[0] &
    ConstructorParameters<typeof RestoreSecretCommand>[0]
>();

function sendReal(name: string, input: object): Promise<unknown> {
  const given = asGiven.parse(input);
  switch (name) {
    case 'CreateSecret':
      return client.send(new CreateSecretCommand(given));
    case 'PutSecretValue':
      return client.send(new PutSecretValueCommand(given));
    case 'UpdateSecret':
      return client.send(new UpdateSecretCommand(given));
    case 'GetSecretValue':
      return client.send(new GetSecretValueCommand(given));
    case 'DescribeSecret':
      return client.send(new DescribeSecretCommand(given));
    case 'DeleteSecret':
      return client.send(new DeleteSecretCommand(given));
    default:
      return client.send(new RestoreSecretCommand(given));
  }
}
