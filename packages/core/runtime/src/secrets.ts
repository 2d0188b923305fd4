import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { parseJson } from '@cloudnestle/contracts/json';
import { type ClientSource, sdkClients } from './clients/factories.ts';
import { createSecretsClient } from './clients/secrets-manager.ts';

const CACHE_SECONDS = 300;

/** Reads one secret as JSON; `fresh` passes by the cache. Throws where it cannot be read or is no JSON. */
export type ReadSecret = (options: { fresh: boolean }) => Promise<unknown>;

/** A reader for the secret named `secretId`, cached for five minutes. */
export function createSecretReader(
  secretId: string,
  options: { timeoutMs?: number } = {},
  source: ClientSource = sdkClients,
): ReadSecret {
  const provider = new SecretsProvider({ awsSdkV3Client: createSecretsClient(options, source) });
  return async ({ fresh }) => {
    const text = await provider.get(secretId, { maxAge: CACHE_SECONDS, forceFetch: fresh });
    if (text === undefined) throw new Error(`secret ${secretId} has no value`);
    return parseSecret(secretId, text);
  };
}

function parseSecret(secretId: string, text: string | Uint8Array): unknown {
  const value = parseJson(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
  // Without the parser's own message, which quotes the text: that is the secret.
  if (value === undefined) throw new Error(`secret ${secretId} is no JSON`);
  return value;
}
