import { randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { type ParsedCredentials, parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { writeSecret } from '@cloudnestle/provisioning/secrets';
import type { Topology } from '@cloudnestle/topology/topology';
import { keepSecret } from './keep-secret.ts';
import { localCredentials } from './local-credentials.ts';

/**
 * Seeds the three secrets. The gateway's credentials and the token secret stay as they are where they exist; the
 * environment's names and addresses belong to this run and are written anew. Returns the credentials that hold now.
 */
export async function seedSecrets(
  secrets: SecretsManagerClient,
  topology: Topology,
  environment: EnvironmentSecret,
): Promise<ParsedCredentials> {
  const { gatewayCredentials, tokenSecret } = topology.secrets;
  const [credentials] = await Promise.all([
    keepSecret(secrets, gatewayCredentials, localCredentials),
    keepSecret(secrets, tokenSecret, { tokenSecret: randomBytes(32).toString('hex') }),
    writeSecret(secrets, topology.environmentSecret, environmentSecretSchema.parse(environment)),
  ]);
  return parsePhonePeCredentials(credentials);
}
