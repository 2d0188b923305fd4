import type { Secret } from './secrets-state.ts';

/** A secret without its values, as DescribeSecret and ListSecrets answer it. */
export function describeSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description !== undefined && { Description: secret.description }),
    CreatedDate: secret.createdAtMs / 1000,
    LastChangedDate: secret.lastChangedAtMs / 1000,
    ...(secret.deletedAtMs !== undefined && { DeletedDate: secret.deletedAtMs / 1000 }),
    VersionIdsToStages: Object.fromEntries(
      secret.versions.map((version) => [version.id, version.stages]),
    ),
  };
}
