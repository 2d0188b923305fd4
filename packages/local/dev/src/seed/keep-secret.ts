import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/**
 * Creates a secret, or leaves the one that is there as it is, and returns its content: the parsed JSON, or undefined
 * where it is none. A secret that somebody else wrote is never overwritten.
 */
export async function keepSecret(
  secrets: SecretsManagerClient,
  name: string,
  value: unknown,
): Promise<unknown> {
  try {
    const SecretString = JSON.stringify(value);
    await secrets.send(new CreateSecretCommand({ Name: name, SecretString }));
    return value;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  const kept = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  return parseJson(kept.SecretString ?? '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
