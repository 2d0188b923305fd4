import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseJson } from '@cloudnestle/contracts/json';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { buildStageNames, PRODUCTION } from '@cloudnestle/topology/stage-names';
import { CliError } from '../cli-error.ts';
import { shell } from '../shell.ts';
import { explainAwsTrouble } from './explain-aws-trouble.ts';

const CONNECTION_TIMEOUT_MS = 2000;
const REQUEST_TIMEOUT_MS = 5000;

/** Several stages fit into one account and region: `PAYMENTS_STAGE` names one, without it it is the one without a prefix. */
const secretName = () =>
  buildStageNames(shell().environment.PAYMENTS_STAGE || PRODUCTION).environmentSecret;

/**
 * The names and addresses of the stage that the SDK's own environment leads to (region, credentials, AWS_ENDPOINT_URL,
 * and PAYMENTS_STAGE where it is not the only one): operators give no other. Throws a `CliError` in words where there
 * are no credentials or no region, where nothing answers, and where the secret is missing, not allowed or not of this
 * version.
 */
export async function readEnvironment(): Promise<EnvironmentSecret> {
  const client = new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: timeLimitMs(CONNECTION_TIMEOUT_MS),
      requestTimeout: timeLimitMs(REQUEST_TIMEOUT_MS),
      throwOnRequestTimeout: true,
    },
  });
  try {
    return parseEnvironment(await readText(client));
  } finally {
    client.destroy();
  }
}

async function readText(client: SecretsManagerClient): Promise<string> {
  const region = await client.config.region().catch((error: unknown) => {
    throw new CliError(
      'No AWS region is set. Set AWS_REGION, AWS_DEFAULT_REGION, or AWS_PROFILE to a profile with one.',
      {
        cause: error,
      },
    );
  });
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretName() }));
    return answer.SecretString ?? '';
  } catch (error) {
    throw explainAwsTrouble(error, { secret: secretName(), region });
  }
}

function parseEnvironment(text: string): EnvironmentSecret {
  const parsed = environmentSecretSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'everything');
  throw new CliError(
    `The secret ${secretName()} does not fit this version of the command (${fields.join(', ')}). ` +
      'Deploy the stage again, or use the command of the version that was deployed.',
  );
}
