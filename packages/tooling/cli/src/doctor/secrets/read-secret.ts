import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { deadline } from '../deadline.ts';
import { share } from '../share.ts';

/** A secret's text, never to be shown; undefined where there is no such secret. */
export type ReadSecretText = (name: string) => Promise<string | undefined>;

export const READS_SECRETS = 'secretsmanager:GetSecretValue';

export function createSecretReader(secrets: SecretsManagerClient): ReadSecretText {
  return share(async (SecretId) => {
    try {
      const answer = await secrets.send(new GetSecretValueCommand({ SecretId }), deadline());
      return answer.SecretString ?? '';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  });
}
