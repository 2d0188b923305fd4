import type { SecretKey } from '@cloudnestle/topology/types';
import type { Stage } from './config/read-stage.ts';

export interface StageSecret {
  name: string;
  arn: $util.Output<string>;
}
export type Secrets = Readonly<Record<SecretKey, StageSecret>>;

/** Days for which a deleted secret can be had back; zero is at once. */
const RECOVERY_DAYS = 30;

/**
 * The secrets whose values are brought by hand: created empty, or used as they are where the stage names existing ones.
 * No value is known here.
 */
export function createSecrets(stage: Stage): Secrets {
  return {
    gatewayCredentials: createOrFind(stage, 'gatewayCredentials', {
      logical: 'GatewayCredentials',
      description: 'The gateway’s credentials; value by hand',
    }),
    tokenSecret: createOrFind(stage, 'tokenSecret', {
      logical: 'TokenSecret',
      description: 'The key from which entitlement tokens are derived; value by hand',
    }),
  };
}

function createOrFind(
  stage: Stage,
  key: SecretKey,
  { logical, description }: { logical: string; description: string },
): StageSecret {
  const existing = stage.config.existingSecrets[key];
  if (existing !== undefined) {
    return { name: existing, arn: aws.secretsmanager.getSecretOutput({ name: existing }).arn };
  }
  const { names, isProduction } = stage;
  const name = names.secrets[key];
  const secret = new aws.secretsmanager.Secret(
    logical,
    { name, description, recoveryWindowInDays: isProduction ? RECOVERY_DAYS : 0 },
    { retainOnDelete: isProduction },
  );
  return { name, arn: secret.arn };
}
