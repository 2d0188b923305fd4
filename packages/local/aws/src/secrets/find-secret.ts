import { AwsError } from '../front/aws-error.ts';
import type { Secret, SecretsState, SecretVersion } from './secrets-state.ts';

/** The secret of a name or ARN, marked for deletion or not; `ResourceNotFoundException` if none. */
export function findSecret(state: SecretsState, secretId: string): Secret {
  const secret = state.secrets.find(
    (candidate) => candidate.name === secretId || candidate.arn === secretId,
  );
  if (!secret) {
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }
  return secret;
}

/** As `findSecret`, but `InvalidRequestException` for a secret marked for deletion. */
export function findLiveSecret(state: SecretsState, secretId: string): Secret {
  const secret = findSecret(state, secretId);
  if (secret.deletedAtMs !== undefined) {
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  return secret;
}

/** The version with a stage (default AWSCURRENT), or with an id, or with both. */
export function findVersion(
  secret: Secret,
  wanted: { readonly versionId?: string | undefined; readonly stage?: string | undefined },
): SecretVersion {
  const stage = wanted.stage ?? (wanted.versionId === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    (candidate) =>
      (wanted.versionId === undefined || candidate.id === wanted.versionId) &&
      (stage === undefined || candidate.stages.includes(stage)),
  );
  if (!version) {
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for " +
        (wanted.versionId === undefined
          ? `staging label: ${stage}`
          : `VersionId: ${wanted.versionId}`),
    );
  }
  return version;
}
